/** Unmatched messages within bounds: the newest of each sender stay, strangers leave first. */
import { describe, expect, it } from 'vitest'
import { orderKey, type OrderId, type Pubkey } from '@/domain/ids'
import type { Fact } from '@/domain/order'
import { createOrderBook } from '@/domain/orderBook'
import { hex64, T0 } from '../factories/events'
import { orderRef, placed, request, status } from '../factories/orders'
import { MERCHANT } from '../factories/people'

const sender = (n: number) => hex64(1_000 + n) as Pubkey
const from = (author: Pubkey, n: number, time = T0) => ({
  ref: orderRef({ merchant: author, orderId: `o-${n}` as OrderId }),
  fact: status({ author, time }),
})

function book(trusted: ReadonlySet<Pubkey> = new Set()) {
  const left: Fact[] = []
  const orders = createOrderBook({
    now: () => T0,
    isTrusted: (key) => trusted.has(key),
    onLeftOut: (fact) => left.push(fact),
  })
  const send = ({ ref, fact }: ReturnType<typeof from>) => orders.add(ref, fact)
  const held = () => orders.unmatched().flatMap(({ facts }) => facts)
  return { ...orders, send, held, left }
}

describe('unmatched messages', () => {
  it('of a stranger are the newest few; the rest is counted and may come again', () => {
    const { send, held, left, leftOut } = book()
    for (let n = 0; n < 120; n++) send(from(sender(1), n, T0 - 1_000 + n))
    expect(held()).toHaveLength(50)
    expect(Math.min(...held().map(({ time }) => time))).toBe(T0 - 1_000 + 70)
    expect([...leftOut()]).toEqual([[sender(1), 70]])
    expect(left).toHaveLength(70)
  })

  it('from the future make room like those of now', () => {
    const { send, held } = book()
    for (let n = 0; n < 60; n++) send(from(sender(1), n, T0 + 9e8))
    for (let n = 60; n < 120; n++) send(from(sender(1), n, T0))
    expect(held().filter(({ time }) => time === T0).length).toBe(50)
  })

  it('of a party are never pushed out by strangers, however many', () => {
    const { send, held } = book(new Set([MERCHANT.pubkey]))
    for (let n = 0; n < 500; n++) send(from(MERCHANT.pubkey, n))
    for (let n = 0; n < 6_000; n++) send(from(sender(n), n))
    expect(held()).toHaveLength(5_000)
    expect(
      held().filter(({ source }) => 'author' in source && source.author === MERCHANT.pubkey),
    ).toHaveLength(500)
  })

  it('are bounded in length too: strangers and the longest leave first', () => {
    const { held, add } = book(new Set([MERCHANT.pubkey]))
    const long = 'x'.repeat(50_000)
    const send = (author: Pubkey, n: number, text: string) => {
      const { ref, fact } = from(author, n)
      add(ref, { ...fact, text } as Fact)
    }
    for (let n = 0; n < 200; n++) send(MERCHANT.pubkey, n, long)
    for (let n = 0; n < 120; n++) send(sender(n % 10), n, long)
    send(sender(99), 1, 'short')
    for (let n = 0; n < 20; n++) send(sender(n % 10), 500 + n, long)
    const senders = held().map(({ source }) => ('author' in source ? source.author : null))
    expect(JSON.stringify(held()).length).toBeLessThan(16_100_000)
    expect(senders.filter((author) => author === MERCHANT.pubkey)).toHaveLength(200)
    expect(senders).toContain(sender(99))
  })

  it('stay for good once their order is there', () => {
    const { send, add, order, unmatched } = book()
    const reply = from(MERCHANT.pubkey, 1)
    send(reply)
    const fact = placed({ request: request({ orderId: reply.ref.orderId }) })
    expect(unmatched()).toHaveLength(1)
    add(reply.ref, fact)
    for (let n = 2; n < 200; n++) send(from(MERCHANT.pubkey, n))
    expect(order(orderKey(reply.ref))?.timeline).toHaveLength(2)
  })
})
