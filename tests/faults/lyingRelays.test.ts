/** Two relays of three lie, whichever they are: what the honest one has is seen within five seconds. */
import { describe, expect, it } from 'vitest'
import { orderKey } from '@/domain/ids'
import { encodeOrderMessage } from '@/protocol/orderMessage'
import { createInlineVerifier } from '@/relays/inlineVerifier'
import { localSigner } from '@/signing/localKey'
import { startRelay } from '../../dev/relay/relay'
import { TestClient } from '../dev/relay/client'
import { directMessage } from '../factories/events'
import { bolt11 } from '../factories/invoices'
import { orderRef, placed } from '../factories/orders'
import { CUSTOMER, MERCHANT } from '../factories/people'
import { seededRandom } from '../factories/random'
import { later, NOW, signed, until } from '../relays/support'
import { openClient } from '../soak/client'
import { createDisk } from '../soak/disk'
import type { Fault } from './fault'
import { createFaultyRelay } from './faultyRelay'
import { blackHole, drop, halfOpen, onType } from './frameFaults'
import {
  closeSubscriptions,
  flood,
  forgeFirst,
  forgeOnly,
  hugeFrames,
  serveFirst,
  serveGarbage,
} from './hostileFaults'
import { answerNothing, empty } from './relayFaults'

const DEADLINE_MS = 5_000
const KEY = orderKey(orderRef())
const junkFor = (pubkey: string) => (n: number) => ({
  id: n.toString(16).padStart(64, '0'),
  pubkey: MERCHANT.pubkey,
  created_at: NOW,
  kind: 4,
  tags: [['p', pubkey]],
  content: 'x?iv=y',
  sig: '0'.repeat(128),
})
const future = signed({ kind: 4, created_at: 4_102_444_800, tags: [['p', CUSTOMER.pubkey]] })

const LIARS: readonly (readonly [name: string, faults: () => readonly Fault[]])[] = [
  ['forges first', () => [forgeFirst()]],
  ['forges only', () => [forgeOnly()]],
  ['floods', () => [flood(10_000, junkFor(CUSTOMER.pubkey)), onType(['EVENT'], drop())]],
  ['is a black hole', () => [blackHole()]],
  ['falls silent', () => [halfOpen(1)]],
  ['never answers', () => [answerNothing()]],
  ['talks garbage', () => [serveGarbage(), forgeOnly(['other author'])]],
  ['sends ten megabytes', () => [hugeFrames(), empty()]],
  ['ends every subscription', () => [closeSubscriptions()]],
  ['dates events in the year 2100', () => [serveFirst([future]), forgeFirst()]],
]

const paymentRequest = () =>
  directMessage(
    encodeOrderMessage({
      type: 'payment-request',
      orderId: orderRef().orderId,
      text: 'Tea',
      options: [{ type: 'ln', link: bolt11() }],
    }),
    { from: MERCHANT, to: CUSTOMER, time: NOW },
  )

/** The liars stand before a relay that has everything, so that they know what to forge. */
async function threeRelays(honestAt: number, first: Fault[], second: Fault[]) {
  const honest = later(await startRelay(), (relay) => relay.close())
  const liars = await Promise.all(
    [first, second].map(async (faults, seed) =>
      later(await createFaultyRelay({ upstream: honest.url, seed, faults }), (relay) =>
        relay.close(),
      ),
    ),
  )
  return { honest, urls: liars.map(({ url }) => url).toSpliced(honestAt, 0, honest.url) }
}

function customer(relays: readonly string[]) {
  const disk = createDisk().open({ diesAt: Infinity, keepsLast: true, onDeath: () => undefined })
  const client = openClient({
    relays,
    signer: localSigner(CUSTOMER.secretKey),
    verifier: createInlineVerifier(),
    disk,
    random: seededRandom(1),
  })
  client.send.journal.record(orderRef(), [placed({ time: NOW - 60 })])
  return later(client, (one) => one.close())
}

const cases = [0, 1, 2].flatMap((honestAt) =>
  LIARS.map(([name, faults], at) => {
    const [otherName, otherFaults] = LIARS[(at + 1 + honestAt) % LIARS.length]!
    return { honestAt: honestAt + 1, liars: `${name}; ${otherName}`, faults, otherFaults }
  }),
)

describe('a payment request', () => {
  it.each(cases)(
    'is seen though the honest relay is number $honestAt and the others lie: $liars',
    async ({ honestAt, faults, otherFaults }) => {
      const { honest, urls } = await threeRelays(honestAt - 1, [...faults()], [...otherFaults()])
      const { book } = customer(urls)
      const merchant = later(await TestClient.connect(honest.url), (one) => one.close())
      const event = paymentRequest()
      expect((await merchant.publish({ ...event })).accepted).toBe(true)
      const start = performance.now()
      await until(() => book.order(KEY)?.paymentRequests.length === 1, 'the payment request')
      expect(performance.now() - start).toBeLessThan(DEADLINE_MS)
      expect(book.order(KEY)?.paymentRequests[0]?.invoice?.bolt11).toBe(bolt11())
      expect(book.record(KEY)?.facts).toHaveLength(2)
    },
  )
})
