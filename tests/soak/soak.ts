/** Many orders through relays that fail and lie, by a customer's client that dies again and again. */
import { placeOrder } from '@/actions/placeOrder'
import { sendMessage } from '@/actions/sendMessage'
import { orderKey, type OrderId, type OrderRef } from '@/domain/ids'
import { localSigner } from '@/signing/localKey'
import { seededRandom } from '../factories/random'
import { orderRef, pricing, request } from '../factories/orders'
import { CUSTOMER, MERCHANT } from '../factories/people'
import { createSoakVerifier } from './verifier'
import { openClient, type Client } from './client'
import { Crash, createDisk } from './disk'
import { startLyingMarket, type LyingMarket } from './market'

export interface SoakOptions {
  readonly orders: number
  readonly seed: number
  /** The share of frames that is spoilt, 0 to 1. */
  readonly share?: number
  /** About so many writes pass between two deaths of the client. */
  readonly writesPerLife?: number
  /** The merchant answers one order of so many. */
  readonly answerEvery?: number
  readonly onProgress?: (line: string) => void
}

export interface SoakFigures {
  readonly seed: number
  readonly roles: readonly string[]
  readonly orders: number
  /** Orders that never reached the merchant. */
  readonly lost: number
  /** Orders that reached the merchant as more than one message. */
  readonly doubled: number
  /** Relays shown as having taken an order that never said so. */
  readonly falselySent: number
  /** Events that went out in more than one form. */
  readonly altered: number
  /** Answers of the merchant that the customer does not see. */
  readonly unseenAnswers: number
  readonly deaths: number
  readonly frames: number
  /** The measured share of frames that the line to the honest relay spoilt. */
  readonly spoiltShare: number
  readonly seconds: number
}

/** Orders that may be on their way at a time. */
const AHEAD = 40
const PATIENCE_MS = 90_000
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** How many forms of one event went over the wires, beyond the first of each. */
function countAltered({ relays }: LyingMarket): number {
  const forms = new Map<string, Set<string>>()
  for (const text of relays.flatMap((relay) => relay.heardOf('EVENT'))) {
    const { id } = (JSON.parse(text) as [string, { id: string }])[1]
    forms.set(id, (forms.get(id) ?? new Set()).add(text))
  }
  return [...forms.values()].reduce((sum, { size }) => sum + size - 1, 0)
}

export async function soak(options: SoakOptions): Promise<SoakFigures> {
  const { orders, seed, share = 0.3, writesPerLife = 300, answerEvery = 10 } = options
  const { onProgress = () => undefined } = options
  const random = seededRandom(seed)
  const market = await startLyingMarket(seed, share, random)
  const verifier = await createSoakVerifier()
  const base = { relays: market.urls, verifier, random }
  const start = performance.now()
  const wanted = Array.from({ length: orders }, (_, n) =>
    request({ orderId: `order-${seed}-${n}` as OrderId }),
  )
  const refs = wanted.map(({ orderId }) => orderRef({ orderId }))
  const answered: OrderRef[] = []

  const merchantDisk = createDisk().open({
    diesAt: Infinity,
    keepsLast: true,
    onDeath: () => undefined,
  })
  const merchant = openClient({
    ...base,
    signer: localSigner(MERCHANT.secretKey),
    disk: merchantDisk,
    onReceived(received) {
      if (received.type !== 'fact' || received.fact.type !== 'placed') return
      const at = Number(received.ref.orderId.split('-').at(-1))
      if (at % answerEvery !== 0 || merchant.book.record(orderKey(received.ref)) === null) return
      if (answered.some(({ orderId }) => orderId === received.ref.orderId)) return
      answered.push(received.ref)
      const { orderId } = received.ref
      const status = { type: 'status', orderId, paid: true, shipped: null, text: 'Thanks' } as const
      void sendMessage(merchant.send, CUSTOMER.pubkey, status)
    },
  })

  const disk = createDisk()
  const signer = localSigner(CUSTOMER.secretKey)
  let deaths = 0
  let falselySent = 0
  let customer = live()

  /** The first life ends soon, so that short runs see deaths too; the last one never does. */
  function live(mayDie = true): { readonly client: Client; readonly isDead: () => boolean } {
    let dead = false
    let client: Client | null = null
    const life = {
      diesAt: mayDie
        ? 1 + Math.floor(random() * writesPerLife * (deaths === 0 ? 0.5 : 2))
        : Infinity,
      keepsLast: random() < 0.5,
      onDeath() {
        dead = true
        deaths++
        client?.close()
      },
    }
    client = openClient({ ...base, signer, disk: disk.open(life) })
    if (dead) client.close()
    return { client, isDead: () => dead }
  }

  /** Counts each relay that is shown as having taken an order and never said so on the wire. */
  function checkClaims({ book }: Client) {
    for (const { placedEventId, relayAnswers } of book.orders()) {
      for (const { relay, accepted } of relayAnswers) {
        const said = market.relays[market.urls.indexOf(relay)]?.acceptedIds
        if (accepted && !(placedEventId && said?.has(placedEventId))) falselySent++
      }
    }
  }

  async function restartIfDead(mayDie = true) {
    while (customer.isDead()) {
      checkClaims(customer.client)
      await pause(0)
      customer = live(mayDie)
    }
  }

  /** As a person does: an order that is not there, or not signed, is placed. */
  async function place(at: number) {
    const wish = wanted[at]
    const ref = refs[at]
    for (;;) {
      await restartIfDead()
      const { client } = customer
      if (!wish || !ref || client.book.order(orderKey(ref))?.placedEventId) return
      try {
        const placed = await placeOrder(client.send, MERCHANT.pubkey, wish, pricing())
        if (!placed.ok) throw new Error(placed.reason.message)
        if (!customer.isDead()) return
      } catch (error) {
        if (!(error instanceof Crash) && !customer.isDead()) throw error
      }
    }
  }

  const isTaken = (ref: OrderRef) =>
    customer.client.book
      .order(orderKey(ref))
      ?.relayAnswers.some(
        ({ relay, accepted }) => accepted && relay === market.urls[market.honest],
      ) === true
  const arrivals = () => refs.filter((ref) => merchant.book.order(orderKey(ref)) !== null).length
  const isSeen = (ref: OrderRef) =>
    customer.client.book.order(orderKey(ref))?.settlement === 'paid-claimed'

  async function waitFor(what: () => boolean, mayDie: boolean) {
    const end = Date.now() + PATIENCE_MS
    while (!what() && Date.now() < end) {
      await restartIfDead(mayDie)
      await pause(20)
    }
  }

  try {
    for (let at = 0; at < orders; at++) {
      await place(at)
      const isOnItsWay = (ref: OrderRef) => !isTaken(ref)
      if (at % 20 === 19) {
        const placed = refs.slice(0, at + 1)
        await waitFor(() => placed.filter(isOnItsWay).length < AHEAD, true)
      }
      if (at % 100 === 99) onProgress(`seed ${seed}: ${at + 1} placed, ${arrivals()} arrived`)
    }
    await waitFor(() => refs.every(isTaken) && arrivals() === orders, false)
    await waitFor(() => answered.every(isSeen), false)
    checkClaims(customer.client)
    const versions = refs.map(
      (ref) =>
        merchant.book.record(orderKey(ref))?.facts.filter(({ type }) => type === 'placed').length,
    )
    const figures = market.relays.map((relay) => relay.figures())
    const frames = figures.reduce((sum, figure) => sum + figure.frames, 0)
    const honest = figures[market.honest] ?? { frames: 0, spoilt: {} }
    const spoilt = Object.values(honest.spoilt).reduce((total, count) => total + count, 0)
    return {
      seed,
      roles: market.roles,
      orders,
      lost: versions.filter((count) => !count).length,
      doubled: versions.filter((count) => (count ?? 0) > 1).length,
      falselySent,
      altered: countAltered(market),
      unseenAnswers: answered.filter((ref) => !isSeen(ref)).length,
      deaths,
      frames,
      spoiltShare: Number((spoilt / honest.frames).toFixed(3)),
      seconds: Math.round((performance.now() - start) / 1000),
    }
  } finally {
    customer.client.close()
    merchant.close()
    await market.close()
  }
}
