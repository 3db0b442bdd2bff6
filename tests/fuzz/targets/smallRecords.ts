/** The small records: settings, the session, the quarantine, attempts to order and locks. */
import { isHex64 } from '@/domain/ids'
import { groupByReason, mergeEntries } from '@/domain/quarantine'
import { createAttemptDocuments } from '@/storage/attemptDocuments'
import { createLockDocuments } from '@/storage/lockDocuments'
import { createQuarantineDocuments } from '@/storage/quarantineDocuments'
import { createSessionDocument } from '@/storage/sessionDocument'
import { createSettingsDocument } from '@/storage/settingsDocument'
import { createMemoryStorage } from '@/storage/storageArea'
import { T0, eventId } from '../../factories/events'
import { CUSTOMER, MERCHANT, STRANGER } from '../../factories/people'
import { stallAddress } from '../../storage/samples'
import { must, type Target } from '../target'
import { storedTarget } from './storedRecord'

const record = (data: unknown): string => JSON.stringify({ version: 1, data })

const settingsOf = (storage: Storage) => createSettingsDocument({ storage })

const settings: Target = storedTarget({
  name: 'settings record',
  share: 8,
  samples: [
    record({
      theme: 'dark',
      pictures: { mode: 'off', merchants: [MERCHANT.pubkey] },
      lockMinutes: 5,
    }),
    record({ theme: 'light' }),
  ],
  key: 'souk:settings:current',
  look: (storage) => ({ found: settingsOf(storage).exported() }),
  use(_, storage) {
    const { theme, pictures, lockMinutes } = settingsOf(storage).read()
    must(['system', 'light', 'dark'].includes(theme), 'No such theme')
    must(['load', 'ask', 'off'].includes(pictures.mode), 'No such choice of pictures')
    must(pictures.merchants.every(isHex64), 'A merchant without a key')
    must([0, 5, 15, 60].includes(lockMinutes), 'No such time until locking')
    settingsOf(storage).change({ theme: 'dark' })
    must(settingsOf(storage).read().theme === 'dark', 'Settings cannot be changed')
  },
})

const sessionOf = (storage: Storage) =>
  createSessionDocument({ storage, tabStorage: createMemoryStorage() })

const session: Target = storedTarget({
  name: 'session record',
  share: 8,
  samples: [
    record({ method: 'extension', pubkey: CUSTOMER.pubkey, label: 'me' }),
    record({ method: 'local', pubkey: CUSTOMER.pubkey, ncryptsec: 'ncryptsec1qqqq' }),
  ],
  key: 'souk:session:current',
  look: (storage) => ({ found: sessionOf(storage).read() }),
  use(found, storage) {
    must(isHex64(found.pubkey), 'A session of nobody')
    const next = { method: 'bunker', pubkey: STRANGER.pubkey } as const
    sessionOf(storage).write(next)
    must(sessionOf(storage).read()?.pubkey === STRANGER.pubkey, 'Nobody else can sign in')
    sessionOf(storage).remove()
    must(sessionOf(storage).read() === null, 'Nobody can sign out')
  },
})

const entry = (n: number) => ({
  eventId: eventId(n),
  author: STRANGER.pubkey,
  time: T0,
  reason: 'it cannot be decrypted',
  retryable: n % 2 === 0,
  triedAt: T0 + n,
  build: 'a1b2',
})

const quarantine: Target = storedTarget({
  name: 'quarantine record',
  share: 8,
  samples: [record([entry(1), entry(2)])],
  key: `souk:quarantine:${CUSTOMER.pubkey}`,
  fill: (storage) => createQuarantineDocuments({ storage }).write(MERCHANT.pubkey, [entry(3)]),
  look(storage) {
    const documents = createQuarantineDocuments({ storage })
    const found = documents.read(CUSTOMER.pubkey)
    return { good: documents.read(MERCHANT.pubkey), found: found.length > 0 ? found : null }
  },
  use(found, storage) {
    groupByReason(found)
    const documents = createQuarantineDocuments({ storage })
    documents.write(CUSTOMER.pubkey, mergeEntries(found, [entry(9)]))
    const ids = documents.read(CUSTOMER.pubkey).map((one) => one.eventId)
    must(ids.includes(eventId(9)) || ids.length === 300, 'The quarantine takes no more messages')
  },
})

const attempt = { merchant: MERCHANT.pubkey, customer: CUSTOMER.pubkey, orderId: 'x', taken: true }

const attempts: Target = storedTarget({
  name: 'attempt record',
  share: 6,
  samples: [record(attempt)],
  key: `souk:attempt:${stallAddress}x`,
  fill: (storage) => storage.setItem(`souk:attempt:${stallAddress}`, record(attempt)),
  look(storage) {
    const all = createAttemptDocuments({ storage }).readAll()
    return { good: all.get(stallAddress), found: all.get(`${stallAddress}x`) ?? null }
  },
  use: ({ merchant, customer, orderId }) =>
    must(isHex64(merchant) && isHex64(customer) && orderId !== '', 'An attempt at no order'),
})

const lockRecord: Target = storedTarget({
  name: 'lock record',
  share: 4,
  samples: [record({ usedAt: T0, lockedAt: T0 - 5 })],
  key: `souk:lock:${CUSTOMER.pubkey}`,
  fill: (storage) =>
    createLockDocuments({ storage }).write(MERCHANT.pubkey, { usedAt: T0, lockedAt: 0 }),
  look(storage) {
    const documents = createLockDocuments({ storage })
    const found = documents.read(CUSTOMER.pubkey)
    const isNever = found.usedAt === 0 && found.lockedAt === 0
    return { good: documents.read(MERCHANT.pubkey), found: isNever ? null : found }
  },
})

export const SMALL_RECORD_TARGETS: readonly Target[] = [
  settings,
  session,
  quarantine,
  attempts,
  lockRecord,
]
