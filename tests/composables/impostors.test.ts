// @vitest-environment happy-dom
/**
 * A thousand impostors who know every order: over a real relay, through signatures, decryption,
 * decoding, attribution, the stores and the fold. No genuine order changes; nothing is lost silently.
 */
import { createHash } from 'node:crypto'
import { initNostrWasm, type Nostr } from 'nostr-wasm'
import { expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { useOrderEvents } from '@/composables/useOrderEvents'
import { orderKey, type OrderId, type OrderKey } from '@/domain/ids'
import type { OrderMessage } from '@/domain/orderMessage'
import { KIND, trustVerified, type UnverifiedEvent, type VerifiedEvent } from '@/protocol/event'
import { encodeOrderMessage } from '@/protocol/orderMessage'
import { createRelayPool } from '@/relays/pool'
import { encrypt, sharedKey } from '@/signing/nip04'
import { useCatalogueStore } from '@/stores/catalogue'
import { useOrdersStore } from '@/stores/orders'
import { useQuarantineStore } from '@/stores/quarantine'
import { useRelaysStore } from '@/stores/relays'
import { startRelay } from '../../dev/relay/relay'
import { stall } from '../factories/catalogue'
import { hex64 } from '../factories/events'
import { bolt11 } from '../factories/invoices'
import { request } from '../factories/orders'
import { person, type Person } from '../factories/people'
import { seededRandom } from '../factories/random'
import { shuffled } from '../factories/shuffle'
import { createSoakVerifier } from '../soak/verifier'
import { appPorts, later, openApp, until } from '../support/app'
import { publishTo } from '../e2e/support/relayClient'
import '../support/browser'

const COUNT = 1_000
const NOW = Math.floor(Date.now() / 1000)
const DAY = 86_400

/** Buys from two merchants and sells to a customer of its own. */
const ME = person(40)
const MERCHANTS = [person(41), person(42)] as const
const BUYER = person(43)
const STRANGERS = Array.from({ length: 8 }, (_, n) => person(50 + n))

const SENDERS = [...STRANGERS, ...MERCHANTS, BUYER]

interface Genuine {
  readonly merchant: Person
  readonly customer: Person
  readonly orderId: OrderId
  readonly messages: readonly VerifiedEvent[]
}

/** With each shared key agreed on once. */
function cipher() {
  const keys = new Map<string, Uint8Array>()
  return (from: Person, to: Person, text: string): string => {
    const pair = `${from.pubkey}:${to.pubkey}`
    const key = keys.get(pair) ?? sharedKey(from.secretKey, to.pubkey)
    keys.set(pair, key)
    return encrypt(key, text)
  }
}

function writer(wasm: Nostr) {
  const encrypted = cipher()
  return (
    from: Person,
    to: Person,
    text: string,
    { time = NOW - DAY, tags = [] as string[][] } = {},
  ): VerifiedEvent => {
    const event = {
      kind: KIND.directMessage,
      created_at: time,
      tags: [['p', to.pubkey], ...tags],
      content: encrypted(from, to, text),
      pubkey: from.pubkey,
      id: '',
      sig: '',
    }
    wasm.finalizeEvent(event, from.secretKey)
    return trustVerified(event as UnverifiedEvent)
  }
}
type Write = ReturnType<typeof writer>

const links = new Map<number, string>()
/** Each invoice is signed once. */
const linkOf = (n: number): string => {
  const link = links.get(n) ?? bolt11({ paymentHash: hex64(n) })
  links.set(n, link)
  return link
}

const asks = (orderId: string, hash = 1): OrderMessage => ({
  type: 'payment-request',
  orderId: orderId as OrderId,
  text: 'Tea',
  options: [{ type: 'ln', link: linkOf(hash) }],
})
const reports = (orderId: string, paid: boolean, shipped: boolean): OrderMessage => ({
  type: 'status',
  orderId: orderId as OrderId,
  paid,
  shipped,
  text: 'News',
})

/** Orders that got as far as `n` says: placed, invoiced, failed, paid, shipped. */
function genuineOrder(write: Write, n: number, merchant: Person, customer: Person): Genuine {
  const orderId = `order-${n}` as OrderId
  const answers: OrderMessage[] =
    n % 5 === 2
      ? [{ type: 'payment-request', orderId, text: 'Sold out', options: [] }]
      : [asks(orderId, n + 1), reports(orderId, true, false), reports(orderId, true, true)]
  const said = answers.slice(0, [0, 1, 1, 2, 3][n % 5])
  return {
    merchant,
    customer,
    orderId,
    messages: [
      write(
        customer,
        merchant,
        encodeOrderMessage({ type: 'order', request: request({ orderId }) }),
      ),
      ...said.map((message, step) =>
        write(merchant, customer, encodeOrderMessage(message), {
          time: NOW - DAY + 60 * (step + 1),
        }),
      ),
    ],
  }
}

/** What an impostor writes: each kind of message, with and without what would make it look genuine. */
const CLAIMS: readonly ((orderId: string, n: number) => Record<string, unknown> | string)[] = [
  (id, n) => JSON.parse(encodeOrderMessage(asks(id, 500 + (n % 5)))) as Record<string, unknown>,
  (id, n) => ({
    type: 1,
    id,
    payment_options: [{ type: 'url', link: `https://pay.example/${n}` }],
  }),
  (id) => ({ type: 1, id, payment_options: [] }),
  (id) => ({ type: 2, id, paid: true, shipped: true, message: 'Paid, thank you' }),
  (id) => ({ type: 2, id, paid: false, shipped: false }),
  (id) => ({ type: '2', id, paid: true }),
  (id) =>
    JSON.parse(
      encodeOrderMessage({
        type: 'order',
        request: request({ orderId: id as OrderId, address: 'Elsewhere' }),
      }),
    ) as Record<string, unknown>,
  (id) => `Order ${id}: pay to my new address`,
  // The one thing that a merchant may say of its own orders without naming one.
  () =>
    "Order cannot be fulfilled. Reason: Quantity not sufficient for product: 'Tea' (tea). Required '1' but only have '0'.",
]

const TIMES = [NOW - 30 * DAY, NOW - DAY, NOW - DAY + 61, NOW - 5, NOW, NOW + 600]
/** Relays take them; who they are from makes the difference. */
const DISGUISES: readonly ((victim: Genuine) => string[][])[] = [
  () => [],
  ({ merchant }) => [['pubkey', merchant.pubkey]],
  ({ messages }) => [['id', messages[0]!.id]],
  () => [
    ['kind', '30017'],
    ['content', 'x'],
    ['created_at', '1'],
  ],
  ({ merchant }) => [
    ['__proto__', merchant.pubkey],
    ['constructor', 'x'],
  ],
  ({ merchant, messages }) => [
    ['p', merchant.pubkey],
    ['e', messages[0]!.id],
  ],
  ({ merchant }) => [
    ['P', merchant.pubkey],
    ['delegation', merchant.pubkey, '', ''],
  ],
]
const spoofed = ({ merchant, customer, messages }: Genuine): Record<string, unknown> => ({
  pubkey: merchant.pubkey,
  merchant_public_key: merchant.pubkey,
  customer_pubkey: customer.pubkey,
  event_id: messages[0]!.id,
  created_at: NOW,
  source: { kind: 'wallet' },
  author: merchant.pubkey,
})

interface Forged {
  readonly event: VerifiedEvent
  readonly from: Person
}

function forge(write: Write, victims: readonly Genuine[]): Forged[] {
  const random = seededRandom(7)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!
  return Array.from({ length: COUNT }, (_, n): Forged => {
    const victim = pick(victims)
    // A party of another trade is an impostor in this one, also when it is the customer of one.
    const impostors = SENDERS.filter((one) => one !== victim.merchant && one !== victim.customer)
    const claim = CLAIMS[n % CLAIMS.length]!(victim.orderId, n)
    const isRefusal = typeof claim === 'string' && claim.startsWith('Order cannot')
    const from = n % 2 && !isRefusal ? pick(impostors) : pick(STRANGERS)
    const options = { time: pick(TIMES), tags: pick(DISGUISES)(victim) }
    if (typeof claim === 'string') return { event: write(from, ME, claim, options), from }
    const fields = n % 4 ? claim : { ...claim, ...spoofed(victim) }
    // A parser makes __proto__ a property of its own; a careless copy makes it the prototype.
    const text = JSON.stringify(fields).replace(/^\{/, n % 3 ? '{' : '{"__proto__":{"paid":true},')
    const noId = n % 11 === 0 ? text.replace(/"id":"[^"]*",?/, '').replace(/,\}$/, '}') : text
    return { event: write(from, ME, noId, options), from }
  })
}

async function openMine(relayUrl: string) {
  const pool = later(
    createRelayPool({ urls: [relayUrl], verifier: await createSoakVerifier(), WebSocket }),
    (one) => one.close(),
  )
  const app = openApp(appPorts([relayUrl], { pool }))
  useCatalogueStore().apply(
    [...MERCHANTS, ME].map(({ pubkey }) => ({ type: 'stall', stall: stall({ merchant: pubkey }) })),
  )
  app.signIn(ME)
  app.run(useOrderEvents)
  return { orders: useOrdersStore(), quarantine: useQuarantineStore() }
}

it(`${COUNT} impostors change no order, and each is listed, counted or quarantined`, async () => {
  const write = writer(await initNostrWasm())
  const relay = later(await startRelay(), (one) => one.close())
  const bought = Array.from({ length: 10 }, (_, n) => genuineOrder(write, n, MERCHANTS[n % 2]!, ME))
  const sold = Array.from({ length: 5 }, (_, n) => genuineOrder(write, 100 + n, ME, BUYER))
  const genuine = [...bought, ...sold]
  await publishTo(
    relay.url,
    shuffled(
      genuine.flatMap(({ messages }) => messages),
      1,
    ),
  )
  const { orders, quarantine } = await openMine(relay.url)
  const keys = genuine.map(({ merchant, customer, orderId }) =>
    orderKey({ merchant: merchant.pubkey, customer: customer.pubkey, orderId }),
  )
  const state = (of: readonly OrderKey[]) =>
    createHash('sha256')
      .update(JSON.stringify(of.map((key) => orders.order(key))))
      .digest('hex')
  const heard = genuine.flatMap(({ messages }) => messages)
  await until(() => heard.every(({ id }) => orders.isKnown(id)), 'the genuine orders')
  expect([orders.placed.length, orders.incoming.length]).toEqual([10, 5])
  const before = state(keys)
  const forged = forge(write, genuine)
  await publishTo(
    relay.url,
    forged.map(({ event }) => event),
  )
  const told = () => {
    const quarantined = new Set(quarantine.entries.map(({ eventId }) => eventId))
    const listed = new Set(orders.unmatched.flatMap(({ facts }) => facts.map(({ id }) => id)))
    const spoken = new Set(
      SENDERS.flatMap((one) => orders.textsWith(one.pubkey).map(({ eventId }) => eventId)),
    )
    const own = new Set(
      orders.incoming.flatMap(({ timeline, refusedFacts }) =>
        [...timeline, ...refusedFacts].map(({ factId }) => factId),
      ),
    )
    const counted = [...orders.unmatchedLeftOut.values()].reduce((sum, count) => sum + count, 0)
    const found = forged.filter(({ event: { id } }) =>
      [quarantined, listed, spoken, own].some((ids) => ids.has(id)),
    )
    return { counted, found, quarantined }
  }
  await until(
    () => useRelaysStore().opened.opened >= heard.length + COUNT,
    'the impostors',
    240_000,
  )
  expect(state(keys)).toBe(before)
  expect([orders.placed.length, genuine.length]).toEqual([10, 15])
  const { found, counted, quarantined } = told()
  expect(found.length + counted).toBe(COUNT)
  expect(quarantined.size).toBeGreaterThan(0)
}, 300_000)
