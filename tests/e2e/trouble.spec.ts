/** When relays or signers fail: nothing is lost, the page says what failed, and trying again works. */
import type { Page } from '@playwright/test'
import { KIND, type VerifiedEvent } from '@/protocol/event'
import { startMarket } from '../../dev/embeddedMarket'
import { person } from '../factories/people'
import { startBreakableRelay, type BreakableRelay } from './support/breakableRelay'
import { installExtension } from './support/extension'
import {
  payWithDemoWallet,
  placeOrderButton,
  prepareOrder,
  qrCode,
  story,
  TEAPOT,
} from './support/shopping'
import { expect, test as base } from './support/test'

/** What Chromium itself writes when a socket breaks or cannot be opened. */
const BROKEN_SOCKET = /^WebSocket connection to 'ws:\/\/127\.0\.0\.1:\d+\/?' failed: /

const test = base.extend<object, { relay: BreakableRelay }>({
  relay: [
    async ({}, use) => {
      const relay = await startBreakableRelay()
      await use(relay)
      await relay.remove()
    },
    { scope: 'worker' },
  ],
  market: [
    async ({ relay }, use) => {
      const market = await startMarket({ relayUrl: relay.url, shipAfterMs: 1000 })
      await use(market)
      await relay.start()
      await market.close()
    },
    { scope: 'worker', timeout: 60_000 },
  ],
})

const nameOf = (relay: BreakableRelay) => relay.url.replace('ws://', '')
const relayReport = (page: Page) => page.getByRole('region', { name: 'Delivery to relays' })

/** The order messages that merchants were sent, as far as the relay has them. */
const ordersOn = (relay: BreakableRelay, merchants: readonly { publicKey: string }[]) => {
  const keys = new Set<string | undefined>(merchants.map(({ publicKey }) => publicKey))
  const isOrder = ({ kind, pubkey, tags }: VerifiedEvent) =>
    kind === KIND.directMessage && !keys.has(pubkey) && keys.has(tags[0]?.[1])
  return relay.current.events().filter(isOrder)
}

const placeOrder = async (page: Page) => {
  await placeOrderButton(page).click()
  await expect(page).toHaveURL(/\/orders\/./)
}

test.afterEach(async ({ relay }) => relay.start())

test('a relay that refuses for good is named with its reason, and can be asked again', async ({
  page,
  relay,
}) => {
  await prepareOrder(page, TEAPOT)
  const isMessage = ({ kind }: VerifiedEvent) => kind === KIND.directMessage
  relay.current.setFaults({ refuse: (event) => (isMessage(event) ? 'blocked: not today' : null) })
  await placeOrder(page)

  await expect(page.getByRole('heading', { name: 'Your order is not sent yet' })).toBeVisible()
  await expect(relayReport(page)).toContainText('Saved, but no relay took it')
  await expect(relayReport(page)).toContainText(`${nameOf(relay)}: Refused: blocked: not today`)
  await expect(story(page)).toContainText(`Not stored by ${nameOf(relay)}`)
  await expect(qrCode(page)).toHaveCount(0)

  relay.current.setFaults({})
  await page.getByRole('button', { name: 'Send again now' }).click()
  await expect(relayReport(page)).toContainText('Sent to 1 of 1 relay')
  await payWithDemoWallet(page)
})

test('a relay that is too busy is asked again without a click', async ({ page, relay }) => {
  await prepareOrder(page, TEAPOT)
  let refusals = 0
  relay.current.setFaults({
    refuse: ({ kind }) =>
      kind === KIND.directMessage && ++refusals <= 2 ? 'rate-limited: slow down' : null,
  })
  await placeOrder(page)
  await expect(relayReport(page)).toContainText('rate-limited: slow down')
  await expect(relayReport(page)).toContainText('Trying again')
  await expect(relayReport(page)).toContainText('Sent to 1 of 1 relay')
  await expect(qrCode(page)).toBeVisible()
})

test('a relay that is down loses nothing, not even over a reload', async ({
  page,
  relay,
  market,
  guard,
}) => {
  guard.allow(BROKEN_SOCKET)
  await prepareOrder(page, TEAPOT)
  const before = ordersOn(relay, market.merchants).length
  await relay.stop()
  await placeOrder(page)

  await expect(page.getByRole('heading', { name: 'Your order is not sent yet' })).toBeVisible()
  await expect(relayReport(page)).toContainText('Saved, ')
  await expect(relayReport(page)).toContainText(`${nameOf(relay)}: The relay cannot be reached`)
  await page.reload()
  await expect(page.getByRole('heading', { name: 'Your order is not sent yet' })).toBeVisible()
  await expect(page.getByRole('region', { name: 'What you ordered' })).toContainText(TEAPOT.product)

  await relay.start()
  await expect(relayReport(page)).toContainText('Sent to 1 of 1 relay')
  await expect(qrCode(page)).toBeVisible()
  expect(ordersOn(relay, market.merchants)).toHaveLength(before + 1)
})

test('a relay that never answers is named, and gets the same order again', async ({
  page,
  relay,
  market,
}) => {
  await prepareOrder(page, TEAPOT)
  const before = ordersOn(relay, market.merchants).length
  relay.current.setFaults({ mute: 'ok' })
  await placeOrder(page)
  await expect(relayReport(page)).toContainText(`${nameOf(relay)}: Did not answer in time`)
  relay.current.setFaults({})
  await expect(relayReport(page)).toContainText('Sent to 1 of 1 relay')
  await expect(qrCode(page)).toBeVisible()
  expect(ordersOn(relay, market.merchants)).toHaveLength(before + 1)
})

test('three quick clicks place one order', async ({ page, relay, market }) => {
  await prepareOrder(page, TEAPOT)
  const before = ordersOn(relay, market.merchants).length
  await placeOrderButton(page).evaluate((button: HTMLElement) => {
    for (let clicks = 0; clicks < 3; clicks += 1) button.click()
  })
  await expect(page).toHaveURL(/\/orders\/./)
  await expect(qrCode(page)).toBeVisible()
  expect(ordersOn(relay, market.merchants)).toHaveLength(before + 1)
  await page.getByRole('link', { name: 'Orders' }).first().click()
  await expect(page.getByRole('article')).toHaveCount(1)
})

test('a signer that declines leaves the cart as it is, and can be asked again', async ({
  page,
  context,
  relay,
  market,
}) => {
  const extension = await installExtension(context, person(22))
  await prepareOrder(page, TEAPOT)
  await page.getByRole('button', { name: 'Sign in with extension' }).click()
  await expect(page.getByRole('button', { name: 'Copy public key' })).toBeVisible()
  const before = ordersOn(relay, market.merchants).length
  extension.declines = true
  await placeOrderButton(page).click()
  await expect(page.getByRole('alert')).toContainText('You declined in your extension')
  await expect(page.getByRole('alert')).toContainText('Your cart is kept')
  await page.getByRole('link', { name: 'Cart' }).first().click()
  await expect(page.getByRole('list', { name: 'In the cart' })).toContainText(TEAPOT.product)
  expect(ordersOn(relay, market.merchants)).toHaveLength(before)

  await page.goBack()
  await expect(page.getByRole('heading', { name: 'Checkout' })).toBeVisible()
  extension.declines = false
  await page.getByLabel('Name').fill('Grace Brewster')
  await page.getByLabel('Address').fill('7 Harbour Lane, Galway')
  await placeOrder(page)
  await expect(qrCode(page)).toBeVisible()
  expect(ordersOn(relay, market.merchants)).toHaveLength(before + 1)
})
