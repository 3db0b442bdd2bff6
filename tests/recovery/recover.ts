/** Reads all orders of one identity back on an empty device, and compares their last states. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { orderKey, type OrderKey } from '@/domain/ids'
import type { Fact, OrderState } from '@/domain/order'
import { foldOrder } from '@/domain/orderFold'
import { isRecovered, missingRelays } from '@/domain/recovery'
import type { VerifiedEvent } from '@/protocol/event'
import { startRelay, type RunningRelay } from '../../dev/relay/relay'
import { stall } from '../factories/catalogue'
import { seededRandom } from '../factories/random'
import { answerNothing } from '../faults/relayFaults'
import { createFaultyRelay } from '../faults/faultyRelay'
import { createSoakVerifier } from '../soak/verifier'
import { openDevice, type Device } from './device'
import { makeTraffic, type Side, type Traffic } from './traffic'

export interface RecoveryOptions {
  readonly orders: number
  readonly side: Side
  readonly seed: number
  /** What the third relay does: it has nothing, or never answers. */
  readonly third?: 'empty' | 'silent'
  /** When the catalogue says who keeps a stall: before the messages, after them, or not at all. */
  readonly stalls?: 'first' | 'last' | 'never'
  readonly method?: 'local' | 'extension'
  /** Milliseconds after which a silent relay has had its time. */
  readonly patience?: number
  readonly onProgress?: (line: string) => void
}

export interface RecoveryFigures {
  readonly side: Side
  readonly third: string
  readonly stalls: string
  readonly orders: number
  readonly messages: number
  /** Orders that are there and end as they should, on the screen and as they are stored. */
  readonly same: number
  readonly missing: number
  readonly different: number
  /** Orders that nobody placed. */
  readonly invented: number
  /** Relays that are said not to have given all. */
  readonly named: readonly string[]
  /** The third relay. */
  readonly thirdRelay: string
  readonly seconds: number
}

/** Each answers with pages of its own size, smaller than what one second holds. */
const PAGES = [20, 45]
/** Nothing new for so long: it will not come. */
const PATIENCE_MS = 60_000
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** Two relays that have a part each, some of it both, and a third that is of no use. */
async function startRelays(events: readonly VerifiedEvent[], seed: number, third: string) {
  const folder = mkdtempSync(join(tmpdir(), 'souk-recovery-'))
  const random = seededRandom(seed)
  const parts: VerifiedEvent[][] = [[], []]
  for (const event of events) {
    const draw = random()
    if (draw < 0.7) parts[0]?.push(event)
    if (draw > 0.3) parts[1]?.push(event)
  }
  const relays: RunningRelay[] = []
  for (const [at, part] of parts.entries()) {
    const file = join(folder, `${at}.jsonl`)
    writeFileSync(file, part.map((event) => JSON.stringify(event)).join('\n'))
    relays.push(await startRelay({ file, maxLimit: PAGES[at] }))
  }
  const faults = third === 'silent' ? [answerNothing()] : []
  const empty = await startRelay()
  const last = await createFaultyRelay({ upstream: empty.url, faults })
  return {
    urls: [...relays.map(({ url }) => url), last.url],
    async close() {
      await last.close()
      await Promise.all([...relays, empty].map((relay) => relay.close()))
      rmSync(folder, { recursive: true })
    },
  }
}

const sellersOf = ({ me, peers }: Traffic, side: Side) =>
  side === 'merchant' ? [me.pubkey] : peers.map(({ pubkey }) => pubkey)

const isMessage = ({ source }: Fact): boolean => source.kind === 'message'
const isEqual = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

/** What is stored of an order, folded without what plain texts add: those lie with their conversation. */
function storedState(device: Device, key: OrderKey): OrderState | null {
  const record = device.orders.kept()?.orders.read(key)
  return record ? foldOrder(record.ref, record.facts.filter(isMessage)) : null
}

function compare(device: Device, { expected, recorded }: Traffic) {
  let missing = 0
  let different = 0
  for (const [key, state] of expected) {
    const shown = device.orders.order(key)
    const stored = storedState(device, key)
    if (!shown || !stored) missing++
    else if (!isEqual(shown, state) || !isEqual(stored, recorded.get(key))) different++
  }
  const all = [...device.orders.placed, ...device.orders.incoming]
  const invented = all.filter((order) => !expected.has(orderKey(order))).length
  return { same: expected.size - missing - different, missing, different, invented }
}

export async function recover(options: RecoveryOptions): Promise<RecoveryFigures> {
  const { orders, side, seed, third = 'empty', stalls = 'last' } = options
  const { onProgress = () => undefined } = options
  const traffic = await makeTraffic({ orders, side, seed })
  const market = await startRelays(traffic.events, seed, third)
  const name = `${side}, third relay ${third}, stalls ${stalls}`
  onProgress(`${name}: ${orders} orders, ${traffic.events.length} messages`)
  const start = performance.now()
  const device = openDevice({
    relays: market.urls,
    secretKey: traffic.me.secretKey,
    verifier: await createSoakVerifier(),
    method: options.method,
    patience: options.patience,
  })
  const tellStalls = () =>
    device.catalogue.apply(
      sellersOf(traffic, side).map((merchant) => ({ type: 'stall', stall: stall({ merchant }) })),
    )
  const found = () => (side === 'merchant' ? device.orders.incoming : device.orders.placed)
  const isRead = () => device.relays.recovery.relays.size > 0 && isRecovered(device.relays.recovery)
  let told = 0
  function tellProgress() {
    if (performance.now() - told < 2_000) return
    told = performance.now()
    const { opened, waiting } = device.relays.recovery
    onProgress(`${name}: ${opened} of ${opened + waiting} opened, ${found().length} orders found`)
  }

  /** Gives up only when nothing moves any more. */
  async function waitUntil(what: () => boolean) {
    let last = 0
    let end = performance.now() + PATIENCE_MS
    while (!what() && performance.now() < end) {
      await pause(100)
      tellProgress()
      const { opened } = device.relays.recovery
      if (opened !== last) end = performance.now() + PATIENCE_MS
      last = opened
    }
  }
  try {
    if (stalls === 'first') tellStalls()
    await waitUntil(isRead)
    if (stalls === 'last') tellStalls()
    await waitUntil(
      () => isRead() && found().length === orders && compare(device, traffic).same === orders,
    )
    const named = missingRelays(device.relays.recovery)
    const seconds = Number(((performance.now() - start) / 1000).toFixed(1))
    const messages = traffic.events.length
    const figures = compare(device, traffic)
    const thirdRelay = market.urls.at(-1) ?? ''
    return { side, third, stalls, orders, messages, ...figures, named, thirdRelay, seconds }
  } finally {
    device.close()
    await market.close()
  }
}
