/** What happened to a message that could not be read, in words for people. */
import { expect, it } from 'vitest'
import { whatHappened, type QuarantineEntry } from '@/domain/quarantine'
import { openEnvelope } from '@/protocol/directMessage'
import { decodeOrderMessage } from '@/protocol/orderMessage'
import { eventId, T0, unsigned } from '../factories/events'
import { CUSTOMER, MERCHANT } from '../factories/people'

const said = (reason: string, retryable = false): string => {
  const { pubkey: author } = MERCHANT
  const entry = { eventId: eventId(1), author, time: T0, reason, retryable, triedAt: T0, build: '' }
  return whatHappened({ reason, entries: [entry satisfies QuarantineEntry] })
}
const reasonOf = (result: { readonly ok: boolean; readonly reason?: string }): string =>
  result.reason ?? 'none'
const to = (pubkey: string) => [['p', pubkey]]

it.each([
  ['{"type":2,"id":"a","paid":"maybe"}', 'about an order'],
  ['{"type":0,"id":"a","items":[]}', 'about an order'],
  ['  ', 'nothing in it'],
  ['x'.repeat(70_000), 'longer than a message can be'],
])('tells what is wrong with the text %.40s', (text, words) => {
  expect(said(reasonOf(decodeOrderMessage(text)))).toContain(words)
})

it.each([
  [{ kind: 4, tags: to(CUSTOMER.pubkey), content: 'in clear' }, 'encrypted or addressed'],
  [{ kind: 4, tags: [], content: 'x' }, 'encrypted or addressed'],
  [{ kind: 1, tags: to(CUSTOMER.pubkey) }, 'encrypted or addressed'],
  [{ kind: 4, tags: to(CUSTOMER.pubkey), content: 'x'.repeat(200_000) }, 'longer than'],
])('tells what is wrong with the outside', (event, words) => {
  expect(said(reasonOf(openEnvelope(unsigned(event), CUSTOMER.pubkey)))).toContain(words)
})

it('repeats what was written for people, and names a failure as one', () => {
  const locked = 'Your extension is locked. Unlock it and try again.'
  expect(said(locked, true)).toBe(locked)
  expect(said('quota exceeded', true)).toBe('Something failed while it was opened.')
})
