/** What any Nostr relay must do that Souk is used with, as named cases over a relay's url. */
import { authCases } from './cases/auth'
import { deletionCases } from './cases/deletion'
import { extensionCases } from './cases/extensions'
import { filterCases } from './cases/filters'
import { publishCases } from './cases/publish'
import { storageCases } from './cases/storage'
import { subscriptionCases } from './cases/subscriptions'
import type { ConformanceCase } from './cases/case'

export const conformanceCases: readonly ConformanceCase[] = [
  ...publishCases,
  ...filterCases,
  ...subscriptionCases,
  ...storageCases,
  ...deletionCases,
  ...extensionCases,
  ...authCases,
]
