/** Records of quarantine: one an identity, nothing when there is nothing, damaged ones put aside. */
import { expect, it } from 'vitest'
import type { QuarantineEntry } from '@/domain/quarantine'
import { createQuarantineDocuments } from '@/storage/quarantineDocuments'
import { createMemoryStorage } from '@/storage/storageArea'
import { eventId, T0 } from '../factories/events'
import { CUSTOMER, MERCHANT } from '../factories/people'

const entry: QuarantineEntry = {
  eventId: eventId(1),
  author: MERCHANT.pubkey,
  time: T0,
  reason: 'message is empty',
  retryable: false,
  triedAt: T0,
  build: 'a.js',
}
const KEY = `souk:quarantine:${CUSTOMER.pubkey}`

it('keeps the entries of an identity, and removes the record with the last of them', () => {
  const storage = createMemoryStorage()
  const documents = createQuarantineDocuments({ storage })
  expect(documents.read(CUSTOMER.pubkey)).toEqual([])
  documents.write(CUSTOMER.pubkey, [entry])
  expect(createQuarantineDocuments({ storage }).read(CUSTOMER.pubkey)).toEqual([entry])
  expect(documents.read(MERCHANT.pubkey)).toEqual([])
  documents.write(CUSTOMER.pubkey, [])
  expect(storage.length).toBe(0)
})

it.each(['{', '{"version":1,"data":[{"eventId":"x"}]}', '{"version":1,"data":{}}', '[]'])(
  'begins anew where the record is %s, which is put aside',
  (text) => {
    const storage = createMemoryStorage()
    storage.setItem(KEY, text)
    const documents = createQuarantineDocuments({ storage })
    expect(documents.read(CUSTOMER.pubkey)).toEqual([])
    expect(storage.getItem(`souk:aside:${KEY}:1`)).toContain('"reason"')
    documents.write(CUSTOMER.pubkey, [entry])
    expect(documents.read(CUSTOMER.pubkey)).toEqual([entry])
  },
)

it('leaves the record of a newer version alone, without a word', () => {
  const storage = createMemoryStorage()
  const newer = '{"version":9,"data":"other"}'
  storage.setItem(KEY, newer)
  const documents = createQuarantineDocuments({ storage })
  documents.write(CUSTOMER.pubkey, [entry])
  documents.write(CUSTOMER.pubkey, [])
  expect(storage.getItem(KEY)).toBe(newer)
})
