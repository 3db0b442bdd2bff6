/** Every page for everybody: axe finds nothing, and a keyboard alone is enough to order. */
import type { Locator, Page } from '@playwright/test'
import { decode } from 'nostr-tools/nip19'
import type { Pubkey } from '@/domain/ids'
import { directMessage } from '../factories/events'
import { person, STRANGER } from '../factories/people'
import { expectAccessible } from './support/accessibility'
import { publishTo } from './support/relayClient'
import {
  addToCart,
  CUSTOMER,
  HONEY,
  KEYBOARD,
  order,
  payWithDemoWallet,
  placeOrderButton,
  qrCode,
  TEAPOT,
  zoneRadio,
} from './support/shopping'
import { expect, test } from './support/test'

// Long enough for a paid order to stay paid while it is looked at.
test.use({ marketOptions: { shipAfterMs: 600_000 } })
// Four looks at each of several pages take a while: the workers share them.
test.describe.configure({ mode: 'parallel', timeout: 240_000 })

const PASSWORD = 'a long enough password'

test('the market, a product and a stall', async ({ page }) => {
  await page.goto('/')
  await expect(page.getByRole('article').first()).toBeVisible()
  await expectAccessible(page, 'market')
  await page.goto('/?q=nothing+of+this+kind')
  await expect(page.getByRole('heading', { name: 'Nothing found' })).toBeVisible()
  await expectAccessible(page, 'nothing-found')
  await page.getByRole('link', { name: 'Show everything' }).click()
  await page.getByRole('button', { name: /^pottery / }).click()
  await page.getByRole('link', { name: TEAPOT.product }).click()
  await expect(page.getByRole('button', { name: 'Add to cart' })).toBeVisible()
  await expectAccessible(page, 'product')
  await page.getByRole('link', { name: 'Saltmarsh Pottery' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Saltmarsh Pottery' })).toBeVisible()
  await expectAccessible(page, 'stall')
})

test('the cart and the checkout', async ({ page }) => {
  await page.goto('/cart')
  await expect(page.getByRole('heading', { name: 'Your cart is empty' })).toBeVisible()
  await expectAccessible(page, 'cart-empty')
  await addToCart(page, TEAPOT.product)
  await addToCart(page, HONEY.product)
  await page.goto('/cart')
  await expect(page.getByRole('link', { name: 'Check out' })).toHaveCount(2)
  await expectAccessible(page, 'cart')
  await page.getByRole('link', { name: 'Check out' }).first().click()
  await expect(page.getByRole('heading', { name: 'Who orders' })).toBeVisible()
  await expectAccessible(page, 'checkout')

  await placeOrderButton(page).click()
  await expect(page.getByText('Choose how you want to get your order.')).toBeVisible()
  await expect(page.getByRole('radio').first()).toBeFocused()
  await page.getByRole('radio').first().check()
  await page.getByLabel('Email').fill('not an address')
  await placeOrderButton(page).click()
  await expect(page.getByText('Enter the full address')).toBeVisible()
  await expect(page.getByLabel('Name')).toBeFocused()
  await expectAccessible(page, 'checkout-errors')

  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(page.getByRole('dialog', { name: 'Sign in' })).toBeVisible()
  await expectAccessible(page, 'sign-in')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
})

test('an order before and after it is paid', async ({ page }) => {
  await page.goto('/orders')
  await expect(page.getByRole('heading', { name: 'No orders yet' })).toBeVisible()
  await expectAccessible(page, 'orders-empty')
  await order(page, HONEY)
  await expect(qrCode(page)).toBeVisible()
  await page.getByText('Invoice details').click()
  await expectAccessible(page, 'order-invoiced')
  await payWithDemoWallet(page)
  await expectAccessible(page, 'order-paid')
  await page.getByRole('link', { name: 'Orders' }).first().click()
  await expect(page.getByRole('article')).toBeVisible()
  await expectAccessible(page, 'orders')
})

test('the account', async ({ page }) => {
  await page.goto('/account')
  await expect(page.getByRole('button', { name: 'Start with a new key' })).toBeVisible()
  await expectAccessible(page, 'account-signed-out')
  await page.getByRole('button', { name: 'Start with a new key' }).click()
  await page.getByRole('button', { name: 'Keep this key' }).click()
  await page.getByLabel('Password', { exact: true }).fill('short')
  await page.getByRole('button', { name: 'Make a copy to keep' }).click()
  await expect(page.getByText('Use at least 10 characters.')).toBeVisible()
  await expectAccessible(page, 'account')

  await page.goto('/settings/data')
  await expect(page.getByRole('region', { name: 'What this browser keeps' })).toBeVisible()
  await expectAccessible(page, 'settings-data')
  await page.goto('/no/such/page')
  await expect(page.getByRole('heading', { name: 'There is nothing here' })).toBeVisible()
  await expectAccessible(page, 'not-found')
})

test('the settings, pictures that are asked for, and a code for a bunker', async ({ page }) => {
  await page.goto('/settings/privacy')
  await page.getByRole('radio', { name: /^Ask first/ }).check()
  await expectAccessible(page, 'settings-privacy')
  await page.goto(`/?q=${encodeURIComponent(TEAPOT.product)}`)
  await page.getByRole('link', { name: TEAPOT.product, exact: true }).click()
  await expect(page.getByRole('button', { name: 'Always from this merchant' })).toBeVisible()
  await expectAccessible(page, 'product-picture-asked')
  await page.goto('/settings/messages')
  await expect(page.getByRole('heading', { name: 'Nothing here' })).toBeVisible()
  await expectAccessible(page, 'settings-messages')

  await page.goto('/account')
  await page.getByText('I have a bunker').click()
  await page.getByRole('button', { name: 'Show a code to scan instead' }).click()
  await expect(page.getByRole('button', { name: 'Copy link' })).toBeVisible()
  await expectAccessible(page, 'account-bunker')
})

test('signing out and the lock', async ({ page }) => {
  await page.goto('/account')
  await page.getByRole('button', { name: 'Start with a new key' }).click()
  await page.getByRole('button', { name: 'Keep this key' }).click()
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await page.getByLabel('Password again').fill(PASSWORD)
  await page.getByRole('button', { name: 'Make a copy to keep' }).click()
  await expect(page.getByText(/^ncryptsec1/)).toBeVisible()
  await page.getByRole('button', { name: 'Sign out' }).click()
  await expect(page.getByRole('dialog')).toBeVisible()
  await expectAccessible(page, 'sign-out')
  await page.keyboard.press('Escape')
  await page.goto('/settings/security')
  await expect(page.getByRole('button', { name: 'Lock now' })).toBeVisible()
  await expectAccessible(page, 'settings-security')
  await page.getByRole('button', { name: 'Lock now' }).click()
  await page.goto('/orders')
  await expect(page.getByRole('heading', { name: 'Locked', exact: true })).toBeVisible()
  await expectAccessible(page, 'locked')
})

test('the merchant’s pages', async ({ page, someoneElse }) => {
  await page.goto('/merchant')
  await expect(page.getByRole('heading', { name: 'Sign in as the merchant' })).toBeVisible()
  await expectAccessible(page, 'merchant-signed-out')
  await page.getByRole('link', { name: 'Sign in', exact: true }).click()
  await page.getByRole('button', { name: 'Sign in as Night Desk' }).click()
  await expect(page.getByRole('heading', { name: 'Incoming orders' })).toBeVisible()
  await order(await someoneElse(), KEYBOARD)
  await expect(page.getByRole('link', { name: `Send invoice (${CUSTOMER.name})` })).toBeVisible()
  await expectAccessible(page, 'merchant')
  await page.getByRole('link', { name: `Send invoice (${CUSTOMER.name})` }).click()
  await expect(page.getByLabel('Amount in sat')).toHaveValue(/^\d+$/)
  await expectAccessible(page, 'incoming-order')
  await page.goto('/merchant')
  await page.getByRole('button', { name: 'Disconnect' }).click()
  await expect(page.getByRole('button', { name: 'Connect wallet' })).toBeVisible()
  await expectAccessible(page, 'merchant-wallet')
})

/** Presses a key until the wanted control has the focus, as a person would. */
async function press(page: Page, key: string, wanted: Locator, most = 80): Promise<void> {
  await expect(wanted).toBeVisible()
  for (let presses = 0; presses < most; presses += 1) {
    await page.keyboard.press(key)
    if (await wanted.evaluate((element) => element === document.activeElement)) return
  }
  throw new Error(`${most} times ${key} did not lead to ${wanted}`)
}

test('an order is placed without the mouse', async ({ page }) => {
  await page.goto('/')
  await expect(page.getByRole('article').first()).toBeVisible()
  await page.keyboard.press('/')
  await expect(page.getByRole('searchbox')).toBeFocused()
  await page.keyboard.type('round teapot')
  await expect(page.getByText('1 product for')).toBeVisible()
  await press(page, 'Tab', page.getByRole('link', { name: TEAPOT.product }))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('main')).toBeFocused()
  await press(page, 'Tab', page.getByRole('spinbutton', { name: /^Quantity/ }))
  await page.keyboard.press('ArrowUp')
  await press(page, 'Tab', page.getByRole('button', { name: 'Add to cart' }))
  await page.keyboard.press('Space')
  await press(page, 'Tab', page.getByRole('link', { name: 'View cart' }))
  await page.keyboard.press('Enter')
  await press(page, 'Tab', page.getByRole('link', { name: 'Check out' }))
  await page.keyboard.press('Enter')
  await press(page, 'Tab', zoneRadio(page, TEAPOT.zone))
  await page.keyboard.press('Space')
  await press(page, 'ArrowDown', zoneRadio(page, 'Europe'))
  await expect(zoneRadio(page, 'Europe')).toBeChecked()
  await press(page, 'Tab', page.getByLabel('Name'))
  await page.keyboard.type(CUSTOMER.name)
  await press(page, 'Tab', page.getByLabel('Address'))
  await page.keyboard.type(CUSTOMER.address)
  await press(page, 'Tab', page.getByRole('button', { name: /^Place order for 140,000 sat/ }))
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/orders\/./)
  await expect(qrCode(page)).toHaveAccessibleName(/over 140,000 sat$/)
})

test('the search takes a person from any page to what was typed', async ({ page }) => {
  await page.goto('/orders')
  await expect(page.getByRole('heading', { name: 'Orders', exact: true })).toBeVisible()
  await page.keyboard.press('/')
  await expect(page.getByRole('searchbox')).toBeFocused()
  await page.keyboard.type('honey')
  await expect(page.getByRole('searchbox')).toHaveValue('honey')
  await expect(page.getByRole('searchbox')).toBeFocused()
  await expect(page.getByRole('link', { name: HONEY.product })).toBeVisible()
})

/** The key that this browser made. */
async function startWithNewKey(page: Page): Promise<Pubkey> {
  await page.goto('/account')
  await page.getByRole('button', { name: 'Start with a new key' }).click()
  const key = page.getByTitle(/^npub1/).first()
  const { data } = decode((await key.getAttribute('title')) as `npub1${string}`)
  return data as Pubkey
}

test('messages that belong to no order, and those that cannot be read', async ({
  page,
  market,
}) => {
  const me = await startWithNewKey(page)
  await page.goto('/settings/messages')
  await expect(page.getByRole('heading', { name: 'Nothing here' })).toBeVisible()
  await expectAccessible(page, 'messages-empty')
  const time = Math.floor(Date.now() / 1000)
  const to = { ...STRANGER, pubkey: me }
  const says = (fields: object, from = STRANGER) =>
    directMessage(JSON.stringify(fields), { from, to, time })
  await publishTo(market.relayUrl, [
    says({ type: 2, id: 'x', paid: 'The door code is 4711' }),
    says({ type: 1, payment_options: [] }),
    says({ type: 1, id: 'x', payment_options: [{ type: 'ln', link: 'lnbc1' }] }),
    says({ type: 2, id: 'x', paid: true }),
    says({ type: 2, id: 'y', paid: true }, person(33)),
    directMessage('Buy my things', { from: STRANGER, to, time }),
  ])
  const groups = page.getByRole('heading', { level: 2 }).filter({ hasText: '(1)' })
  await expect(groups).toHaveCount(2)
  await page.getByRole('button', { name: 'Show the event' }).first().click()
  await expect(page.getByLabel('The event as it was published')).toContainText('"kind": 4')
  await expect(page.getByRole('main')).not.toContainText('4711')
  await expectAccessible(page, 'messages')

  await page.goto('/orders')
  const unmatched = page.getByRole('region', { name: 'Messages that belong to no order' })
  await expect(unmatched).toContainText('2 messages')
  await expect(page.getByText('Not shown: 1 message in plain words')).toBeVisible()
  await expectAccessible(page, 'orders-unmatched')
})
