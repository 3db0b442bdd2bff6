/** The tab closed in the middle, impatient clicks, two tabs: one order, one invoice, the right cart. */
import type { Page } from '@playwright/test'
import type { OrderId } from '@/domain/ids'
import { sealEnvelope } from '@/protocol/directMessage'
import { KIND, type VerifiedEvent } from '@/protocol/event'
import { encodeOrderMessage } from '@/protocol/orderMessage'
import { localSigner } from '@/signing/localKey'
import { person } from '../factories/people'
import { closeDead, DEAD, dieAtWrite } from './support/dyingTab'
import { installExtension } from './support/extension'
import { publishTo } from './support/relayClient'
import { scriptedShop } from './support/scriptedMerchant'
import { fillCheckout, goToCheckout, addToCart, placeOrderButton } from './support/shopping'
import { expect, test as base } from './support/test'

const MERCHANT = person(33)
const SHOP = scriptedShop(MERCHANT)
const VICE = 'Bench vice'
const ZONE = 'Everywhere'
/** What Chromium itself writes when a page goes while its socket is still being opened. */
const LEFT_EARLY = /^WebSocket connection to .* closed before the connection is established\.$/

interface Ears {
  /** The messages that the relay was handed, each once. */
  readonly heard: Map<string, VerifiedEvent>
}

const test = base.extend<Ears>({
  heard: async ({ market, guard }, use) => {
    guard.allow(DEAD)
    guard.allow(LEFT_EARLY)
    const heard = new Map<string, VerifiedEvent>()
    market.relay?.setFaults({
      refuse(event) {
        if (event.kind === KIND.directMessage) heard.set(event.id, event)
        return null
      },
    })
    await use(heard)
    market.relay?.setFaults({})
  },
})

test.use({ marketOptions: { merchants: [SHOP] } })

/** What is written on the way through checkout, and what the tab was about to write. */
const CHECKOUT = [
  { what: 'the intent', name: ':order:', nth: 1 },
  { what: 'the signed order', name: ':order:', nth: 2 },
  { what: 'what is to be sent', name: 'souk:outbox:', nth: 1 },
  { what: 'the emptied cart', name: 'souk:cart:', nth: 1 },
] as const
const INVOICING = [
  { what: 'the wallet’s invoice', name: ':order:', nth: 2 },
  { what: 'what is to be sent', name: 'souk:outbox:', nth: 1 },
] as const

const pieces = (page: Page) =>
  page.evaluate(() =>
    Object.keys(localStorage)
      .filter((key) => key.startsWith('souk:cart:'))
      .flatMap((key) => JSON.parse(localStorage.getItem(key)!).data.lines),
  )

/** Back in the browser: what is still in the cart is ordered, what was signed goes out by itself. */
async function finish(page: Page): Promise<void> {
  await page.goto('/orders')
  const article = page.getByRole('article')
  await expect(article.or(page.getByText('No orders yet'))).toBeVisible()
  if ((await pieces(page)).length === 0) return
  await page.goto('/cart')
  await page.getByRole('link', { name: 'Check out' }).click()
  await fillCheckout(page, ZONE)
  await placeOrderButton(page).click()
  await expect(page).toHaveURL(/\/orders\/./)
}

async function expectOneOrder(page: Page, heard: Ears['heard']): Promise<void> {
  await expect.poll(() => heard.size).toBe(1)
  await page.goto('/orders')
  await expect(page.getByRole('article')).toHaveCount(1)
  await page.getByRole('article').getByRole('link').first().click()
  await expect(page.getByRole('heading', { name: 'Waiting for the invoice' })).toBeVisible()
  expect(await pieces(page)).toEqual([])
  expect(heard.size).toBe(1)
}

async function readyToOrder(page: Page): Promise<void> {
  await addToCart(page, VICE)
  await goToCheckout(page)
  await page.getByRole('button', { name: 'Sign in with extension' }).click()
  await expect(page.getByRole('button', { name: 'Copy public key' })).toBeVisible()
  await fillCheckout(page, ZONE)
}

for (const [step, last] of CHECKOUT.entries()) {
  test(`the tab closed before ${last.what} is stored makes one order`, async ({
    page,
    context,
    heard,
  }) => {
    await installExtension(context, person(40 + step))
    await readyToOrder(page)
    await dieAtWrite(page, last)
    await placeOrderButton(page).click()
    await closeDead(page)
    const back = await context.newPage()
    await finish(back)
    await expectOneOrder(back, heard)
  })
}

for (const [step, last] of CHECKOUT.slice(1, 3).entries()) {
  test(`closed before ${last.what} is stored, with the cart in another tab, makes one order`, async ({
    page,
    context,
    heard,
  }) => {
    await installExtension(context, person(50 + step))
    await readyToOrder(page)
    const other = await context.newPage()
    await other.goto(page.url())
    await fillCheckout(other, ZONE)
    await dieAtWrite(page, last)
    await placeOrderButton(page).click()
    await placeOrderButton(other).click()
    await closeDead(page)
    await expect(other).toHaveURL(/\/orders\/./)
    await finish(other)
    await expectOneOrder(other, heard)
  })
}

test('clicks in two tabs at once make one order, which both show', async ({
  page,
  context,
  heard,
}) => {
  await installExtension(context, person(60))
  await readyToOrder(page)
  const other = await context.newPage()
  await other.goto(page.url())
  await fillCheckout(other, ZONE)
  await Promise.all([page, other].map((tab) => placeOrderButton(tab).click()))
  for (const tab of [page, other]) await expect(tab).toHaveURL(/\/orders\/./)
  expect(other.url()).toBe(page.url())
  await expectOneOrder(page, heard)
})

test('three clicks and Enter twice make one order', async ({ page, heard }) => {
  await addToCart(page, VICE)
  await goToCheckout(page)
  await fillCheckout(page, ZONE)
  await page.getByLabel('Name').focus()
  const keys = [page.keyboard.press('Enter'), page.keyboard.press('Enter')]
  const clicks = placeOrderButton(page).evaluate((button: HTMLElement) => {
    for (let count = 0; count < 3; count += 1) button.click()
  })
  await Promise.all([...keys, clicks])
  await expect(page).toHaveURL(/\/orders\/./)
  await expectOneOrder(page, heard)
})

test('a reload while the extension is asked makes one order', async ({ page, context, heard }) => {
  const extension = await installExtension(context, person(61))
  await readyToOrder(page)
  extension.isSilent = true
  await placeOrderButton(page).click()
  await expect(page.getByRole('button', { name: 'Placing your order' })).toBeVisible()
  await page.reload()
  extension.isSilent = false
  await finish(page)
  await expectOneOrder(page, heard)
})

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name })

/** Sends an order of a customer who uses other software. */
async function sendOrder(relayUrl: string, orderId: OrderId, name: string): Promise<void> {
  const customer = localSigner(person(70).secretKey)
  const lines = [{ productId: 'vice', quantity: 1 }]
  const parcel = { name, address: '1 Far Road', message: '', contact: {} }
  const request = { orderId, lines, shippingId: 'everywhere', ...parcel }
  const text = encodeOrderMessage({ type: 'order', request })
  const sealed = await customer.nip04Encrypt(MERCHANT.pubkey, text)
  if (!sealed.ok) throw new Error(sealed.reason.message)
  const now = Math.floor(Date.now() / 1000)
  const signed = await customer.sign(sealEnvelope(MERCHANT.pubkey, sealed.value, now))
  if (!signed.ok) throw new Error(signed.reason.message)
  await publishTo(relayUrl, [signed.value])
}

async function openIncoming(page: Page, name: string): Promise<void> {
  await page.goto('/account')
  await button(page, `Sign in as ${SHOP.name}`).click()
  await page
    .getByRole('link', { name: new RegExp(name) })
    .first()
    .click()
  await expect(button(page, /^Send invoice for/)).toBeVisible()
}

for (const last of INVOICING) {
  test(`the merchant’s tab closed before ${last.what} is stored makes one invoice`, async ({
    page,
    context,
    heard,
    market,
  }) => {
    const [orderId, name] = [`killed-${last.nth}` as OrderId, `Ada Killed ${last.nth}`]
    const made = () =>
      market.wallet.ledger
        .payments(market.wallet.createWallet(SHOP.name).id)
        .filter(({ extra }) => extra.order_id === orderId)
    await sendOrder(market.relayUrl, orderId, name)
    await openIncoming(page, name)
    await dieAtWrite(page, last)
    await button(page, /^Send invoice for/).click()
    await closeDead(page)
    expect(made()).toHaveLength(1)

    const back = await context.newPage()
    await openIncoming(back, name)
    if (last.nth === 2) await button(back, 'Go on with it').click()
    const told = back.getByText('The customer already has an invoice')
    await expect(told).toBeVisible()
    const requests = () => [...heard.values()].filter(({ pubkey }) => pubkey === MERCHANT.pubkey)
    await expect.poll(() => requests().length).toBe(1)
    await back.reload()
    await expect(told).toBeVisible()
    expect([made().length, requests().length]).toEqual([1, 1])
  })
}
