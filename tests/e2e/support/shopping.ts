/** What a customer does, step by step, as the specs need it. */
import type { Locator, Page } from '@playwright/test'
import { CUSTOMER } from './customer'
import { expect } from './test'

export { CUSTOMER }

/** Something that is bought, by the names that the page shows. */
export interface Purchase {
  readonly product: string
  /** How it is delivered: the name of the shipping zone. */
  readonly zone: string
}

export const TEAPOT: Purchase = { product: 'Round teapot', zone: 'Ireland and UK' }
export const HONEY: Purchase = { product: 'Wildflower honey', zone: 'European Union' }
export const KEYBOARD: Purchase = { product: 'Compact keyboard', zone: 'Europe' }
export const EBOOK: Purchase = { product: 'The Patient Loaf (ebook)', zone: 'Digital delivery' }

export async function addToCart(page: Page, product: string): Promise<void> {
  await page.goto(`/?q=${encodeURIComponent(product)}`)
  await page.getByRole('link', { name: product, exact: true }).click()
  await page.getByRole('button', { name: 'Add to cart' }).click()
  await expect(page.getByText('1 in your cart.')).toBeVisible()
}

/** From anywhere to the checkout of the only stall in the cart. */
export async function goToCheckout(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'View cart' }).click()
  await page.getByRole('link', { name: 'Check out' }).click()
  await expect(page.getByRole('heading', { name: 'Checkout' })).toBeVisible()
}

export const zoneRadio = (page: Page, zone: string): Locator =>
  page.getByRole('group', { name: 'Delivery' }).getByRole('radio', { name: zone })

export const placeOrderButton = (page: Page): Locator =>
  page.getByRole('button', { name: /^Place order/ })

/** Chooses the delivery and fills in what a parcel needs. */
export async function fillCheckout(page: Page, zone: string): Promise<void> {
  await zoneRadio(page, zone).check()
  await page.getByLabel('Name').fill(CUSTOMER.name)
  await page.getByLabel('Address').fill(CUSTOMER.address)
  await page.getByLabel('Message to the merchant').fill(CUSTOMER.message)
}

/** A filled-in checkout with one piece in the cart. */
export async function prepareOrder(page: Page, { product, zone }: Purchase): Promise<void> {
  await addToCart(page, product)
  await goToCheckout(page)
  await fillCheckout(page, zone)
}

/** Orders one piece; ends on the order's page. */
export async function order(page: Page, purchase: Purchase): Promise<void> {
  await prepareOrder(page, purchase)
  await placeOrderButton(page).click()
  await expect(page).toHaveURL(/\/orders\/./)
}

export const qrCode = (page: Page): Locator =>
  page.getByRole('img', { name: /^QR code of the Lightning invoice/ })

export async function payWithDemoWallet(page: Page): Promise<void> {
  await expect(qrCode(page)).toBeVisible()
  await page.getByRole('button', { name: 'Pay with the demo wallet' }).click()
  await expect(page.getByRole('heading', { name: 'Paid', exact: true })).toBeVisible()
}

/** What happened to the order that is open, as its page tells it. */
export const story = (page: Page): Locator => page.getByRole('region', { name: 'What happened' })
