/** The way of messages: hostile texts among good ones, from decryption to the orders that a page shows. */
import { followMessages } from '@/actions/followMessages'
import { orderKey, type OrderId, type OrderRef, type Pubkey } from '@/domain/ids'
import { createOrderBook, type OrderBook } from '@/domain/orderBook'
import { fail, ok } from '@/domain/result'
import { decodeInvoice } from '@/payments/bolt11'
import { KIND, type VerifiedEvent } from '@/protocol/event'
import { encodeOrderMessage } from '@/protocol/orderMessage'
import type { Signer } from '@/protocol/signer'
import { localSigner } from '@/signing/localKey'
import { hex64, T0, unsigned } from '../../factories/events'
import { bolt11 } from '../../factories/invoices'
import { orderRef, request } from '../../factories/orders'
import { CUSTOMER, MERCHANT, OTHER_MERCHANT, person, STRANGER } from '../../factories/people'
import { testPool } from '../../factories/ports'
import { must, type Target } from '../target'
import { PLAINTEXTS } from './decoders'

/** An order whose merchant is honest, and one whose merchant writes nonsense. */
const HONEST = orderRef()
const NONSENSE = orderRef({ merchant: OTHER_MERCHANT.pubkey, orderId: 'order-2' as OrderId })
const OUTSIDER = person(5)
const AUTHORS = [STRANGER.pubkey, OUTSIDER.pubkey, OTHER_MERCHANT.pubkey, CUSTOMER.pubkey]

interface Message {
  readonly id: number
  readonly author: Pubkey
  readonly recipient: Pubkey
  readonly text: string
  readonly time: number
}

const order = ({ merchant, orderId }: OrderRef, id: number): Message => ({
  id,
  author: CUSTOMER.pubkey,
  recipient: merchant,
  text: encodeOrderMessage({ type: 'order', request: request({ orderId }) }),
  time: T0,
})

const GOOD: readonly Message[] = [
  order(HONEST, 1),
  order(NONSENSE, 2),
  {
    id: 3,
    author: MERCHANT.pubkey,
    recipient: CUSTOMER.pubkey,
    text: encodeOrderMessage({
      type: 'payment-request',
      orderId: HONEST.orderId,
      text: 'Tea',
      options: [{ type: 'ln', link: bolt11() }],
    }),
    time: T0 + 1,
  },
  {
    id: 4,
    author: MERCHANT.pubkey,
    recipient: CUSTOMER.pubkey,
    text: JSON.stringify({ type: 2, id: HONEST.orderId, message: '', paid: true, shipped: true }),
    time: T0 + 2,
  },
]

/** Ciphertexts are names of texts here: what counts is who writes what, and in which order. */
function signerOf(texts: ReadonlyMap<string, string>): Signer {
  return {
    ...localSigner(CUSTOMER.secretKey),
    publicKey: CUSTOMER.pubkey,
    async nip04Decrypt(_, ciphertext) {
      const text = texts.get(ciphertext)
      return text ? ok(text) : fail({ code: 'wrong-answer', message: 'It cannot be decrypted.' })
    },
  }
}

function sealed(message: Message, texts: Map<string, string>): VerifiedEvent {
  const id = hex64(message.id)
  const content = `${id}?iv=${id}`
  texts.set(content, message.text)
  return unsigned({
    id: id as VerifiedEvent['id'],
    kind: KIND.directMessage,
    pubkey: message.author,
    created_at: message.time,
    tags: [['p', message.recipient]],
    content,
  })
}

async function receive(messages: readonly Message[]): Promise<OrderBook> {
  const book = createOrderBook()
  const texts = new Map<string, string>()
  const pool = testPool()
  const journal = {
    record: (ref: OrderRef, facts: readonly Parameters<OrderBook['add']>[1][]) =>
      facts.forEach((fact) => book.add(ref, fact)),
    recordText: (peer: Pubkey, text: Parameters<OrderBook['addText']>[1]) =>
      void book.addText(peer, text),
  }
  const events = messages.map((message) => sealed(message, texts))
  const ports = { pool, signer: signerOf(texts), decodeInvoice, journal }
  await new Promise<void>((resolve) => {
    const follower = followMessages(
      { ...ports, isKnown: () => false, mayOpen: () => true },
      { onStored: () => resolve(follower.close()) },
    )
    for (const event of events) pool.deliver(event)
    pool.stored()
  })
  return book
}

/** Who writes what: a stranger anything, the customer and the other merchant only about theirs. */
function messageOf(text: string, n: number): Message {
  const id = 1_000 + n
  const author = AUTHORS[n % AUTHORS.length]!
  const time = T0 - 5 + (n % 9)
  if (author !== CUSTOMER.pubkey) return { id, author, recipient: CUSTOMER.pubkey, text, time }
  return { id, author, recipient: OTHER_MERCHANT.pubkey, text, time }
}

const stateOf = (book: OrderBook): string => JSON.stringify(book.order(orderKey(HONEST)))

let expected: Promise<string> | null = null

export const messagesTarget: Target = {
  name: 'messages',
  share: 100,
  batch: 200,
  samples: [...PLAINTEXTS, ...GOOD.map(({ text }) => text), ...GOOD.map(({ text }) => text)],
  async feed(hostile) {
    expected ??= receive(GOOD).then(stateOf)
    const half = Math.floor(hostile.length / 2)
    const bad = hostile.map(messageOf)
    const book = await receive([...bad.slice(0, half), ...GOOD, ...bad.slice(half)])
    must(stateOf(book) === (await expected), 'The state of a good order has changed')
    const keys = book.orders().map(orderKey)
    must(keys.includes(orderKey(HONEST)), 'A good order is not listed')
    must(keys.includes(orderKey(NONSENSE)), 'An order is hidden by what its merchant writes')
    JSON.stringify([book.unmatched(), book.conversations()])
  },
}
