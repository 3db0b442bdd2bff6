/** The first sale from end to end: four ways in which a customer and a merchant come together. */
import type { Page } from '@playwright/test'
import { KIND } from '@/protocol/event'
import { person } from '../factories/people'
import { installExtension } from './support/extension'
import { storedEvents } from './support/relayClient'
import {
  addToCart,
  CUSTOMER,
  EBOOK,
  fillCheckout,
  goToCheckout,
  HONEY,
  KEYBOARD,
  order,
  payWithDemoWallet,
  placeOrderButton,
  qrCode,
  story,
  TEAPOT,
  zoneRadio,
} from './support/shopping'
import { expect, test } from './support/test'

const INDEPENDENT = { tag: '@independent' }

test(
  'a guest buys in a sat stall and finds everything after a reload',
  INDEPENDENT,
  async ({ page, market }) => {
    await page.goto('/')
    await page
      .getByRole('group', { name: 'Categories' })
      .getByRole('button', { name: /^tea / })
      .click()
    await expect(page.getByRole('heading', { level: 1, name: 'tea' })).toBeVisible()
    await expect(page.getByRole('link', { name: 'Lidded sugar jar' })).toBeVisible()
    await page.getByRole('searchbox', { name: 'Search products' }).pressSequentially('round teapot')
    await expect(page.getByText('1 product for “round teapot”')).toBeVisible()
    await page.getByRole('link', { name: TEAPOT.product }).click()
    await expect(page.getByRole('heading', { level: 1, name: TEAPOT.product })).toBeVisible()
    await page.getByRole('button', { name: 'Add to cart' }).click()

    await goToCheckout(page)
    await fillCheckout(page, TEAPOT.zone)
    await page.getByRole('button', { name: 'Place order for 68,500 sat' }).click()
    await expect(page).toHaveURL(/\/orders\/./)
    await expect(page.getByRole('heading', { level: 1, name: 'Saltmarsh Pottery' })).toBeVisible()

    const merchant = market.merchants.find(({ name }) => name === 'Saltmarsh Makers')!.publicKey
    const sent = await storedEvents(market.relayUrl, {
      kinds: [KIND.directMessage],
      '#p': [merchant],
    })
    expect(sent.length).toBeGreaterThan(0)
    for (const { content, tags } of sent) {
      expect(content).toMatch(/^[A-Za-z0-9+/]+=*\?iv=[A-Za-z0-9+/]+=*$/)
      expect(tags).toEqual([['p', merchant]])
      for (const secret of [CUSTOMER.name, 'Harbour Lane', CUSTOMER.message, 'round-teapot']) {
        expect(content).not.toContain(secret)
        expect(Buffer.from(content, 'base64').toString('utf8')).not.toContain(secret)
      }
    }

    await expect(qrCode(page)).toHaveAccessibleName(/over 68,500 sat$/)
    await expect(page.getByText('Amount as ordered')).toBeVisible()
    await payWithDemoWallet(page)
    await expect(qrCode(page)).toHaveCount(0)
    await expect(story(page).getByText('Shipped', { exact: true })).toBeVisible()
    await expect(page.getByText('Your order is on its way to you.')).toBeVisible()

    await page.reload()
    await expectShippedTeapot(page)
    await page.getByRole('link', { name: 'Orders' }).first().click()
    await expect(page.getByRole('article')).toContainText('68,500 sat')
    await expect(page.getByRole('article')).toContainText('Shipped')
  },
)

async function expectShippedTeapot(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { name: 'Paid', exact: true })).toBeVisible()
  await expect(page.getByRole('region', { name: 'What you ordered' })).toContainText(TEAPOT.product)
  for (const step of [
    'Order placed',
    'Invoice from the merchant for 68,500 sat',
    'Paid',
    'Shipped',
  ]) {
    await expect(story(page).getByText(step, { exact: true })).toBeVisible()
  }
}

test(
  'a customer with a signing extension buys in the euro stall',
  INDEPENDENT,
  async ({ page, context, market }) => {
    const customer = person(21)
    await installExtension(context, customer)
    await addToCart(page, HONEY.product)
    await goToCheckout(page)
    await fillCheckout(page, HONEY.zone)
    await page.getByRole('button', { name: 'Sign in with extension' }).click()
    await expect(page.getByRole('button', { name: 'Copy public key' })).toBeVisible()
    await page.getByRole('button', { name: 'Place order for €18.90' }).click()

    await expect(qrCode(page)).toBeVisible()
    await expect(page.getByText('≈ €18.90')).toBeVisible()
    await expect(page.getByText('Amount as estimated at the exchange rate')).toBeVisible()
    const sent = await storedEvents(market.relayUrl, {
      kinds: [KIND.directMessage],
      authors: [customer.pubkey],
    })
    expect(sent).toHaveLength(1)

    await payWithDemoWallet(page)
    await expect(story(page).getByText('Shipped', { exact: true })).toBeVisible()
    await page.reload()
    await expect(story(page).getByText('Shipped', { exact: true })).toBeVisible()
    const secondTab = await context.newPage()
    await secondTab.goto('/orders')
    await expect(secondTab.getByRole('article')).toContainText('Shipped')
    await secondTab.getByRole('link', { name: 'Orchard Lane Pantry' }).click()
    await expect(story(secondTab).getByText('Shipped', { exact: true })).toBeVisible()
    await expect(secondTab.getByRole('heading', { name: 'Paid', exact: true })).toBeVisible()
  },
)

test(
  'a merchant in person invoices and ships an order of a guest',
  INDEPENDENT,
  async ({ page, someoneElse }) => {
    const merchant = await someoneElse()
    await merchant.goto('/account')
    await merchant.getByRole('button', { name: 'Sign in as Night Desk' }).click()
    await expect(merchant.getByRole('heading', { name: 'Incoming orders' })).toBeVisible()
    await expect(merchant.getByRole('heading', { name: 'Connect your LNbits' })).toHaveCount(0)

    await order(page, KEYBOARD)
    await expect(page.getByRole('heading', { name: 'Waiting for the invoice' })).toBeVisible()

    await merchant.getByRole('link', { name: `Send invoice (${CUSTOMER.name})` }).click()
    await expect(merchant.getByRole('region', { name: 'Customer' })).toContainText('7 Harbour Lane')
    await expect(merchant.getByRole('region', { name: 'Customer' })).toContainText(CUSTOMER.message)
    const amount = merchant.getByLabel('Amount in sat')
    await expect(amount).toHaveValue(/^\d{5,}$/)
    const figure = Number(await amount.inputValue()).toLocaleString('en')
    await merchant.getByRole('button', { name: `Send invoice for ${figure} sat` }).click()

    await expect(qrCode(page)).toHaveAccessibleName(new RegExp(`over ${figure} sat$`))
    await expect(page.getByText('Amount as estimated at the exchange rate')).toBeVisible()
    await payWithDemoWallet(page)

    await expect(story(merchant).getByText('Paid', { exact: true })).toBeVisible()
    await merchant.getByLabel('Message to the customer').fill('Parcel DE-2231 leaves tonight.')
    await merchant.getByRole('button', { name: 'Mark as shipped' }).click()
    await expect(merchant.getByText('Marked as shipped.')).toBeVisible()

    await expect(story(page).getByText('Shipped', { exact: true })).toBeVisible()
    await expect(story(page)).toContainText('Parcel DE-2231 leaves tonight.')
    await merchant.getByRole('link', { name: 'All orders' }).click()
    await expect(merchant.getByRole('region', { name: 'Done' })).toContainText(CUSTOMER.name)
  },
)

test(
  'a digital order asks for no address and is answered with the goods',
  INDEPENDENT,
  async ({ page }) => {
    await addToCart(page, EBOOK.product)
    await goToCheckout(page)
    await zoneRadio(page, 'On a USB stick by letter').check()
    await expect(page.getByLabel('Address')).toBeVisible()
    await zoneRadio(page, EBOOK.zone).check()
    await expect(page.getByLabel('Address')).toHaveCount(0)
    await expect(page.getByText('No address needed')).toBeVisible()
    await placeOrderButton(page).click()
    await payWithDemoWallet(page)
    await expect(page.getByRole('region', { name: 'Messages' })).toContainText('LOAF-DEMO-128')
  },
)
