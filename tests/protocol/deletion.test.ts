/** Deletions name events and the author's own addresses. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addressOf } from '@/domain/ids'
import { decodeDeletion, encodeDeletion } from '@/protocol/deletion'
import { KIND } from '@/protocol/event'
import { eventId, published, T0, unsigned } from '../factories/events'
import { MERCHANT, STRANGER } from '../factories/people'

const read = (tags: string[][]) => {
  const decoded = decodeDeletion(unsigned({ kind: KIND.deletion, tags, content: 'deleted' }))
  return decoded.ok ? decoded.value : null
}

describe('reads', () => {
  it('nothing from the empty id that merchant software may write', () => {
    expect(read([['e', '']])).toMatchObject({ eventIds: [], addresses: [] })
    expect(read([])).toMatchObject({ eventIds: [], addresses: [] })
  })

  it('addresses of its author only', () => {
    const mine = addressOf(KIND.product, MERCHANT.pubkey, 'tea:green')
    const theirs = addressOf(KIND.product, STRANGER.pubkey, 'tea')
    expect(read([['a', mine], ['a', theirs], ['a', 'x'], ['a']])?.addresses).toEqual([mine])
  })
})

it('writes what it reads', () => {
  const eventIds = fc.array(fc.nat().map(eventId), { maxLength: 4 })
  const address = fc
    .tuple(fc.nat(65535), fc.string())
    .map(([kind, d]) => addressOf(kind, MERCHANT.pubkey, d))
  const what = fc.record({ eventIds, addresses: fc.array(address, { maxLength: 4 }) })
  fc.assert(
    fc.property(what, (given) => {
      expect(decodeDeletion(published(encodeDeletion(given, T0)))).toEqual({
        ok: true,
        value: { ...given, author: MERCHANT.pubkey, time: T0 },
      })
    }),
  )
})

it('names the kinds of the addresses that it deletes', () => {
  const addresses = ['a', 'b'].map((d) => addressOf(KIND.product, MERCHANT.pubkey, d))
  expect(encodeDeletion({ addresses }, T0).tags).toContainEqual(['k', '30018'])
})
