/** One visit to the first page, from the navigation until the relay has nothing more to say. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { BrowserContext, Page } from '@playwright/test'
import type { BenchMarket } from './market'
import { cachedEvents, installMeter, isOver, readMeter, type LoadedFile } from './meter'
import { STALL_NAME } from './seed'

/** All in milliseconds, since the navigation began where they are moments. */
export interface Visit {
  /** The first product card is in the page. */
  readonly firstCard: number
  /** The first card shows its stall. */
  readonly firstStall: number
  /** The page knows every product. */
  readonly allProducts: number
  /** Every stall is known as well. */
  readonly allStalls: number
  /** Everything that the relay has was read, checked and handed on. */
  readonly caughtUp: number
  readonly longestTask: number
  /** How long the page's own thread was busy. */
  readonly mainThread: number
  readonly files: readonly LoadedFile[]
}

const PATIENCE_MS = 120_000
const LOOK_EVERY_MS = 50
/** Late long tasks are told within this time. */
const TAIL_MS = 300

function isLocal(address: string): boolean {
  const { protocol, hostname } = new URL(address)
  return protocol === 'data:' || protocol === 'blob:' || hostname === '127.0.0.1'
}

async function startBusyClock(page: Page): Promise<() => Promise<number>> {
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  return async () => {
    const { metrics } = await session.send('Performance.getMetrics')
    return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1000
  }
}

async function measure(page: Page, { appUrl, products, stalls }: BenchMarket): Promise<Visit> {
  await page.addInitScript(installMeter, { products, stalls, stallName: STALL_NAME })
  const busyTime = await startBusyClock(page)
  await page.goto(appUrl, { waitUntil: 'commit' })
  const over = await page.waitForFunction(isOver, undefined, {
    polling: LOOK_EVERY_MS,
    timeout: PATIENCE_MS,
  })
  const caughtUp = Number(await over.jsonValue())
  await sleep(TAIL_MS)
  const mainThread = await busyTime()
  const { moments, longestTask, files } = await page.evaluate(readMeter)
  const { firstCard = NaN, firstStall = NaN, allProducts = NaN, allStalls = NaN } = moments
  const times = { firstCard, firstStall, allProducts, allStalls, caughtUp }
  return { ...times, longestTask, mainThread, files }
}

async function whenCached(page: Page, wanted: number): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS
  while ((await page.evaluate(cachedEvents)) < wanted) {
    if (Date.now() > deadline) throw new Error('The page did not put its events into its cache.')
    await sleep(TAIL_MS)
  }
}

/** Opens the first page in a tab of its own and closes it once its cache is filled. */
export async function visit(context: BrowserContext, market: BenchMarket): Promise<Visit> {
  const page = await context.newPage()
  const problems: string[] = []
  page.on('pageerror', (error) => problems.push(String(error)))
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text())
  })
  page.on('request', (request) => {
    if (!isLocal(request.url())) problems.push(`It asked for ${request.url()}`)
  })
  try {
    const result = await measure(page, market)
    await whenCached(page, market.events.length)
    if (problems.length > 0) throw new Error(problems.join('\n'))
    return result
  } finally {
    await page.close()
  }
}
