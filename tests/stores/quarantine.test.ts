// @vitest-environment happy-dom
/** Quarantine: kept over reloads without what was said, tried again when that may help, gone on signing out. */
import { createPinia, setActivePinia } from 'pinia'
import { describe, expect, it, vi } from 'vitest'
import { receiveMessage } from '@/actions/receiveMessage'
import type { QuarantineEntry } from '@/domain/quarantine'
import { decodeInvoice } from '@/payments/bolt11'
import { localSigner } from '@/signing/localKey'
import { forgetIdentity } from '@/storage/forgetIdentity'
import { useQuarantineStore } from '@/stores/quarantine'
import { directMessage, eventId, T0 } from '../factories/events'
import { CUSTOMER, MERCHANT, STRANGER, type Person } from '../factories/people'
import { dump } from '../support/browser'

function reopen(person: Person = CUSTOMER, isFresh = false) {
  setActivePinia(createPinia())
  const quarantine = useQuarantineStore()
  quarantine.open(person.pubkey, { isFresh })
  return quarantine
}

const entry = (n: number, fields: Partial<QuarantineEntry> = {}) => ({
  eventId: eventId(n),
  author: MERCHANT.pubkey,
  time: T0,
  reason: 'paid: Invalid type',
  retryable: false,
  triedAt: T0 + n,
  ...fields,
})
const ids = (quarantine: ReturnType<typeof reopen>) =>
  quarantine.entries.map(({ eventId: id }) => id)

describe('quarantine', () => {
  it('lasts over a reload, for each identity its own, and is not tried again in vain', () => {
    reopen().add(entry(1))
    const later = reopen()
    expect(later.entries).toMatchObject([entry(1)])
    expect(later.isSettled(eventId(1))).toBe(true)
    expect(reopen(STRANGER).entries).toEqual([])
  })

  it('is grouped by reason, the most frequent first', () => {
    const quarantine = reopen()
    const other = { reason: 'message is empty' }
    for (const one of [entry(1, other), entry(2), entry(3), entry(3)]) quarantine.add(one)
    expect(quarantine.groups.map(({ reason, entries }) => [reason, entries.length])).toEqual([
      ['paid: Invalid type', 2],
      ['message is empty', 1],
    ])
  })

  it('is tried again after an account switch, after an update, and where the signer failed', () => {
    const quarantine = reopen()
    quarantine.add(entry(1))
    quarantine.add(entry(2, { retryable: true }))
    expect([1, 2].map((n) => quarantine.isSettled(eventId(n)))).toEqual([true, false])
    expect(reopen(CUSTOMER, true).isSettled(eventId(1))).toBe(false)
    const key = `souk:quarantine:${CUSTOMER.pubkey}`
    const stored = localStorage.getItem(key) ?? ''
    localStorage.setItem(key, stored.replaceAll(/"build":"[^"]*"/g, '"build":"older.js"'))
    expect(reopen().isSettled(eventId(1))).toBe(false)
  })

  it('hands on what the person wants tried again, each time anew, and drops what could be read', () => {
    const quarantine = reopen()
    quarantine.add(entry(1))
    quarantine.tryAgain([eventId(1)])
    const first = quarantine.wanted
    quarantine.tryAgain([eventId(1)])
    expect(quarantine.wanted).toEqual([eventId(1)])
    expect(quarantine.wanted).not.toBe(first)
    quarantine.remove(eventId(1))
    expect(reopen().entries).toEqual([])
    expect(localStorage.length).toBe(0)
  })

  it('keeps the 300 that were tried last and counts the rest', () => {
    const quarantine = reopen()
    for (let n = 1; n <= 310; n++) quarantine.add(entry(n))
    expect([quarantine.entries.length, quarantine.leftOut]).toEqual([300, 10])
    expect(ids(quarantine)).not.toContain(eventId(10))
    quarantine.add(entry(310))
    expect(quarantine.leftOut).toBe(10)
  })

  it('goes on without storage', () => {
    const quarantine = reopen()
    const write = vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError')
    })
    quarantine.add(entry(1))
    expect(quarantine.entries).toHaveLength(1)
    write.mockRestore()
  })
})

describe('what is kept of an unreadable message', () => {
  const SECRET = 'Back door 4711'
  const bodies: readonly unknown[] = [
    { type: 1, id: { [SECRET]: SECRET }, payment_options: SECRET },
    { type: 0, id: 'x', items: SECRET },
    { type: 0, id: 'x', items: [{ product_id: 'a', quantity: SECRET }] },
    { type: 0, id: 'x', items: [{ product_id: null, quantity: 1, [SECRET]: 1 }] },
    { type: 2, id: 'x', paid: SECRET },
    { type: 2, id: 'x', message: [SECRET], shipped: SECRET },
    { type: 2, id: SECRET.repeat(100) },
  ]

  it.each(bodies)('is nothing that it says: %#', async (body) => {
    const event = directMessage(JSON.stringify(body))
    const signer = localSigner(CUSTOMER.secretKey)
    const received = await receiveMessage(event, { signer, decodeInvoice })
    if (received.type !== 'quarantined') throw new Error('It could be read')
    const quarantine = reopen()
    const { author, time, reason, retryable } = received
    quarantine.add({ eventId: received.eventId, author, time, reason, retryable, triedAt: T0 })
    const written = dump(localStorage)
    expect(written).toContain(event.id)
    for (const word of SECRET.split(' ')) expect(written).not.toContain(word)
  })

  it('goes when its owner signs out, and only then', () => {
    reopen(CUSTOMER).add(entry(1))
    reopen(STRANGER).add(entry(2, { author: CUSTOMER.pubkey }))
    forgetIdentity(MERCHANT.pubkey)
    expect(reopen(CUSTOMER).entries).toHaveLength(1)
    forgetIdentity(CUSTOMER.pubkey)
    expect(reopen(CUSTOMER).entries).toEqual([])
    expect(reopen(STRANGER).entries).toHaveLength(1)
  })
})
