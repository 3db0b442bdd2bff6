/** The test of all specs: a market of its own, and a guard over everything its pages do. */
import process from 'node:process'
import { test as base, type BrowserContext, type Page } from '@playwright/test'
import { startMarket, type MarketOptions, type RunningMarket } from '../../../dev/embeddedMarket'
import { createAtRestGuard, type AtRestGuard } from './atRestGuard'
import { CUSTOMER } from './customer'
import { createGuard, type Guard } from './guard'

interface Fixtures {
  readonly guard: Guard
  readonly atRest: AtRestGuard
  /** Opens a page for another person: nothing is shared with the first one's browser. */
  readonly someoneElse: () => Promise<Page>
}

interface WorkerFixtures {
  /** What the market of a spec file is like; set it with `test.use`. */
  readonly marketOptions: MarketOptions
  readonly market: RunningMarket
}

const STARTING_TIME_MS = 60_000

export const test = base.extend<Fixtures, WorkerFixtures>({
  marketOptions: [{}, { option: true, scope: 'worker' }],

  market: [
    async ({ marketOptions }, use) => {
      const relayUrl = process.env.SOUK_RELAY_URL || undefined
      const market = await startMarket({ relayUrl, shipAfterMs: 1000, ...marketOptions })
      await use(market)
      await market.close()
    },
    { scope: 'worker', timeout: STARTING_TIME_MS },
  ],

  baseURL: async ({ market }, use) => use(market.appUrl),

  guard: [
    async ({ baseURL }, use) => {
      const guard = createGuard(baseURL ?? '')
      await use(guard)
      await guard.check()
    },
    { auto: true },
  ],

  atRest: [
    async ({ baseURL }, use) => {
      const { name, address, message } = CUSTOMER
      const words = [name, ...address.split('\n').slice(0, 2), message]
      const atRest = createAtRestGuard(baseURL ?? '', words)
      await use(atRest)
      await atRest.check()
    },
    { auto: true },
  ],

  context: async ({ context, guard, atRest }, use) => {
    await guard.watch(context)
    atRest.watch(context)
    await use(context)
    await atRest.look(context)
  },

  someoneElse: async ({ browser, baseURL, guard, atRest }, use) => {
    const contexts: BrowserContext[] = []
    await use(async () => {
      const context = await browser.newContext({ baseURL })
      contexts.push(context)
      await guard.watch(context)
      atRest.watch(context)
      return context.newPage()
    })
    for (const context of contexts) {
      await atRest.look(context)
      await context.close()
    }
  },
})

export { expect } from '@playwright/test'
