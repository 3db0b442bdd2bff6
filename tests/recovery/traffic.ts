/** What relays hold of many orders in various last states: really signed, encrypted messages. */
import { initNostrWasm, type Nostr } from 'nostr-wasm'
import { attribute } from '@/actions/messageFact'
import { orderKey, type EventId, type OrderId, type OrderKey, type Pubkey } from '@/domain/ids'
import type { OrderState } from '@/domain/order'
import { foldOrder } from '@/domain/orderFold'
import { createOrderBook } from '@/domain/orderBook'
import type { OrderMessage } from '@/domain/orderMessage'
import { decodeInvoice } from '@/payments/bolt11'
import { KIND, trustVerified, type UnverifiedEvent, type VerifiedEvent } from '@/protocol/event'
import { encodeOrderMessage } from '@/protocol/orderMessage'
import { encrypt, sharedKey } from '@/signing/nip04'
import { hex64 } from '../factories/events'
import { bolt11 } from '../factories/invoices'
import { request } from '../factories/orders'
import { seededRandom } from '../factories/random'

type NostrEvent = Parameters<Nostr['finalizeEvent']>[0]

interface Person {
  readonly secretKey: Uint8Array
  readonly pubkey: Pubkey
}

export type Side = 'customer' | 'merchant'

export interface Traffic {
  readonly me: Person
  readonly peers: readonly Person[]
  readonly events: readonly VerifiedEvent[]
  /** The orders as they end for whoever has read every message. */
  readonly expected: ReadonlyMap<OrderKey, OrderState>
  /** The same without what plain texts add. */
  readonly recorded: ReadonlyMap<OrderKey, OrderState>
}

export interface TrafficOptions {
  readonly orders: number
  readonly side: Side
  readonly seed: number
}

const HOUR = 3600
/** A customer buys from a few merchants, a merchant sells to many customers. */
const PEERS: Readonly<Record<Side, number>> = { customer: 5, merchant: 400 }
/** One order of so many is placed in the same second as others of its kind. */
const SAME_SECOND = 20

/** What follows an order, each a message of the merchant some seconds later. */
const ENDINGS = [
  'unanswered',
  'invoiced',
  'reissued',
  'paid',
  'shipped',
  'not taken',
  'refused after payment',
  'taken back',
] as const

function answers(at: number, orderId: OrderId): readonly OrderMessage[] {
  const ask = (n: number): OrderMessage => ({
    type: 'payment-request',
    orderId,
    text: `Invoice ${n}`,
    options: [{ type: 'ln', link: bolt11({ paymentHash: hex64(at * 10 + n) }) }],
  })
  const say = (paid: boolean, shipped: boolean): OrderMessage => ({
    type: 'status',
    orderId,
    paid,
    shipped,
    text: '',
  })
  const none: OrderMessage = { type: 'payment-request', orderId, text: 'Sold out', options: [] }
  const reason = `Order cannot be fulfilled. Reason: Not enough quantity for product: 'Tea' (tea-${at}). Required '1' but only have '0'`
  switch (ENDINGS[at % ENDINGS.length]) {
    case 'invoiced':
      return [ask(1)]
    case 'reissued':
      return [ask(1), ask(2)]
    case 'paid':
      return [ask(1), say(true, false)]
    case 'shipped':
      return [ask(1), say(true, false), say(true, true)]
    case 'not taken':
      return [none]
    case 'refused after payment':
      return [ask(1), { type: 'text', text: reason }]
    case 'taken back':
      return [ask(1), say(true, true), say(true, false)]
    default:
      return []
  }
}

function keyMaker(nostr: Nostr, random: () => number): () => Person {
  return () => {
    const secretKey = Uint8Array.from({ length: 32 }, () => 1 + Math.floor(random() * 250))
    return {
      secretKey,
      pubkey: Buffer.from(nostr.getPublicKey(secretKey)).toString('hex') as Pubkey,
    }
  }
}

/** Encrypts and signs; the keys that are shared with peers are agreed on once. */
function messenger(nostr: Nostr) {
  const shared = new Map<Pubkey, Uint8Array>()
  return (me: Person, peer: Person, mine: boolean, text: string, time: number): VerifiedEvent => {
    const key = shared.get(peer.pubkey) ?? sharedKey(me.secretKey, peer.pubkey)
    shared.set(peer.pubkey, key)
    const [from, to] = mine ? [me, peer] : [peer, me]
    const event: NostrEvent = {
      id: '',
      pubkey: from.pubkey,
      sig: '',
      kind: KIND.directMessage,
      created_at: time,
      tags: [['p', to.pubkey]],
      content: encrypt(key, text),
    }
    nostr.finalizeEvent(event, from.secretKey)
    return trustVerified(event as UnverifiedEvent)
  }
}

/** Makes the traffic of one identity; the newest order is some minutes old. */
export async function makeTraffic({ orders, side, seed }: TrafficOptions): Promise<Traffic> {
  const nostr = await initNostrWasm()
  const random = seededRandom(seed)
  const makeKey = keyMaker(nostr, random)
  const me = makeKey()
  const peers = Array.from({ length: PEERS[side] }, makeKey)
  const seal = messenger(nostr)
  const book = createOrderBook()
  const events: VerifiedEvent[] = []
  const end = Math.floor(Date.now() / 1000) - 2 * HOUR

  function say(peer: Person, byCustomer: boolean, message: OrderMessage, time: number) {
    const mine = byCustomer === (side === 'customer')
    const text = message.type === 'text' ? message.text : encodeOrderMessage(message)
    const event = seal(me, peer, mine, text, time)
    events.push(event)
    const [author, recipient] = mine ? [me.pubkey, peer.pubkey] : [peer.pubkey, me.pubkey]
    const frame = { eventId: event.id as EventId, author, recipient, time }
    const read = attribute(frame, message, decodeInvoice)
    if (read.type === 'text') return void book.addText(peer.pubkey, read.text)
    book.add(read.ref, read.fact)
  }

  for (let at = 0; at < orders; at++) {
    // Those of one second go to several: with one, such a second could not be asked for in parts.
    const peer = peers[(at + Math.floor(at / SAME_SECOND)) % peers.length]
    if (!peer) continue
    const placedAt = at % SAME_SECOND === 0 ? end - 24 * HOUR : end - at * 11 * 60
    const orderId = `order-${seed}-${at}` as OrderId
    const lines = [{ productId: `tea-${at}`, quantity: 1 }]
    say(peer, true, { type: 'order', request: request({ orderId, lines }) }, placedAt)
    answers(at, orderId).forEach((answer, i) => say(peer, false, answer, placedAt + 30 * (i + 1)))
  }
  const expected = new Map(book.orders().map((state) => [orderKey(state), state]))
  const recorded = new Map(
    [...expected.keys()].flatMap((key) => {
      const record = book.record(key)
      return record ? [[key, foldOrder(record.ref, record.facts)]] : []
    }),
  )
  return { me, peers, events, expected, recorded }
}
