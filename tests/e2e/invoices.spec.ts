/** Invoices that should not be paid, and people who may not ask for it. */
import type { Page } from '@playwright/test'
import { parseOrderKey, type OrderRef } from '@/domain/ids'
import { invoiceQr } from '@/payments/qr'
import type { InvoiceDraft } from '../../dev/wallet/bolt11Encoder'
import { person, STRANGER } from '../factories/people'
import {
  benchInvoice,
  scriptedShop,
  startScriptedMerchant,
  type ScriptedMerchant,
} from './support/scriptedMerchant'
import { order, qrCode, story } from './support/shopping'
import { expect, test as base } from './support/test'

const MERCHANT = person(31)
const VICE = { product: 'Bench vice', zone: 'Everywhere' }
const HOUR = 3600
const unixNow = () => Math.floor(Date.now() / 1000)

interface Speakers {
  readonly merchant: ScriptedMerchant
  /** Somebody else, who happens to know the order. */
  readonly impostor: ScriptedMerchant
}

const test = base.extend<Speakers>({
  merchant: async ({ market }, use) => {
    const merchant = startScriptedMerchant(market.relayUrl, MERCHANT)
    await use(merchant)
    merchant.close()
  },
  impostor: async ({ market }, use) => {
    const impostor = startScriptedMerchant(market.relayUrl, STRANGER)
    await use(impostor)
    impostor.close()
  },
})

test.use({ marketOptions: { merchants: [scriptedShop(MERCHANT)] } })

/** The order whose page is open. */
function orderOn(page: Page): OrderRef {
  const ref = parseOrderKey(decodeURIComponent(new URL(page.url()).pathname.split('/').at(-1)!))
  if (!ref.ok) throw new Error(ref.reason)
  return ref.value
}

/** Remembers whether a code was ever on the page, however short. */
test.beforeEach(async ({ page }) => {
  await page.addInitScript(() => {
    const look = () => {
      const seen = document.querySelector('[aria-label^="QR code"], a[href^="lightning:"]')
      if (seen) document.documentElement.dataset.sawCode = 'yes'
    }
    new MutationObserver(look).observe(document, { subtree: true, childList: true })
  })
})

const everSawCode = (page: Page) =>
  page.evaluate(() => document.documentElement.dataset.sawCode === 'yes')

const walletLink = (page: Page) => page.getByRole('link', { name: 'Open in a wallet app' })

const UNPAYABLE: readonly {
  readonly what: string
  readonly changes: () => Partial<InvoiceDraft>
  readonly heading: string
  readonly why: string
}[] = [
  {
    what: 'of another network',
    changes: () => ({ network: 'bitcoin' }),
    heading: 'This invoice cannot be paid',
    why: 'The invoice is for bitcoin, but this market runs on regtest. Do not pay it.',
  },
  {
    what: 'with a bad signature',
    changes: () => ({ signature: `${'11'.repeat(64)}00`, payee: true }),
    heading: 'This invoice cannot be paid',
    why: 'The signature of the invoice is not valid.',
  },
  {
    what: 'that has expired',
    changes: () => ({ createdAt: unixNow() - 2 * HOUR, expirySeconds: HOUR }),
    heading: 'This invoice has expired',
    why: 'It can no longer be paid',
  },
  {
    what: 'without an amount',
    changes: () => ({ amountMsat: null }),
    heading: 'This invoice cannot be paid',
    why: 'The invoice names no amount, so it cannot be checked.',
  },
]

for (const { what, changes, heading, why } of UNPAYABLE) {
  test(`an invoice ${what} never shows a code`, async ({ page, merchant }) => {
    await order(page, VICE)
    await merchant.requestPayment(orderOn(page), benchInvoice(changes()))
    await expect(page.getByRole('heading', { name: heading })).toBeVisible()
    await expect(page.getByRole('main')).toContainText(why)
    await expect(page.getByRole('button', { name: 'Ask for a new invoice' })).toBeVisible()
    await page.reload()
    await expect(page.getByRole('heading', { name: heading })).toBeVisible()
    expect(await everSawCode(page)).toBe(false)
  })
}

test('another amount shows no code before both figures were seen and agreed to', async ({
  page,
  merchant,
}) => {
  await order(page, VICE)
  const invoice = benchInvoice({ amountMsat: 1_101_000 })
  await merchant.requestPayment(orderOn(page), invoice, 'Packing: 1 sat')
  await expect(page.getByRole('heading', { name: 'Look at the amount' })).toBeVisible()
  await expect(page.getByRole('term').filter({ hasText: 'Your order' })).toBeVisible()
  const panel = page.getByRole('region', { name: 'Look at the amount' })
  await expect(panel.getByRole('definition').filter({ hasText: '1,100 sat' })).toBeVisible()
  await expect(panel.getByRole('definition').filter({ hasText: '1,101 sat' })).toBeVisible()
  await expect(page.getByText('That is 1 sat more than your order.')).toBeVisible()
  await expect(page.getByRole('figure')).toContainText('Packing: 1 sat')
  expect(await everSawCode(page)).toBe(false)

  await page.getByRole('button', { name: 'I agree to pay 1,101 sat' }).click()
  await expect(qrCode(page)).toHaveAccessibleName(/over 1,101 sat$/)
  await page.reload()
  await expect(qrCode(page)).toBeVisible()
})

test('a reissued invoice takes the place of the first one', async ({ page, merchant }) => {
  await order(page, VICE)
  const placed = orderOn(page)
  for (const invoice of [benchInvoice(), benchInvoice()]) {
    await merchant.requestPayment(placed, invoice)
    await expect(walletLink(page)).toHaveAttribute('href', `lightning:${invoice}`)
    const { path } = await invoiceQr(invoice)
    await expect(qrCode(page).locator('path')).toHaveAttribute('d', path)
  }
  await expect(page.getByText('Two invoices could be paid')).toBeVisible()
})

test('an impostor who knows the order changes nothing', async ({ page, merchant, impostor }) => {
  await order(page, VICE)
  const placed = orderOn(page)
  const forged = { ...placed, merchant: STRANGER.pubkey }
  await impostor.requestPayment(forged, benchInvoice({ nodeKey: '0c'.repeat(32) }))
  await impostor.report(forged, { paid: true, text: 'Thank you for paying.' })
  await page.getByRole('link', { name: 'Orders' }).first().click()

  const unmatched = page.getByRole('region', { name: 'Messages that belong to no order' })
  await expect(unmatched).toContainText('A request for payment')
  await expect(unmatched).toContainText('A report on an order')
  await expect(unmatched).toContainText('Do not pay it.')
  await expect(page.getByRole('article')).toHaveCount(1)
  await expect(page.getByRole('article')).toContainText('Waiting for the invoice')
  await page.getByRole('link', { name: 'Bench stall' }).click()
  await expect(page.getByRole('heading', { name: 'Waiting for the invoice' })).toBeVisible()
  await expect(story(page)).not.toContainText('Invoice from the merchant')
  expect(await everSawCode(page)).toBe(false)

  const genuine = benchInvoice()
  await merchant.requestPayment(placed, genuine)
  await expect(walletLink(page)).toHaveAttribute('href', `lightning:${genuine}`)
})

test('a failure reply is shown in the merchant’s words', async ({ page, merchant }) => {
  await order(page, VICE)
  await merchant.refuse(orderOn(page), 'The last one broke this morning. Sorry!')
  await expect(
    page.getByRole('heading', { name: 'The merchant could not take this order' }),
  ).toBeVisible()
  await expect(page.getByRole('main')).toContainText('The last one broke this morning. Sorry!')
  await expect(page.getByRole('button', { name: 'Order again' })).toBeVisible()
  expect(await everSawCode(page)).toBe(false)
})
