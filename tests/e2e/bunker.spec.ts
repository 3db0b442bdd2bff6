/** Signing in with a bunker: by its link, by a code that it scans, and one that asks to confirm. */
import type { Page } from '@playwright/test'
import { startBunker, type BunkerOptions, type RunningBunker } from '../../dev/bunker/bunker'
import { person } from '../factories/people'
import {
  fillCheckout,
  addToCart,
  goToCheckout,
  payWithDemoWallet,
  placeOrderButton,
  story,
  TEAPOT,
} from './support/shopping'
import { expect, test } from './support/test'

const bunkers: RunningBunker[] = []
test.afterEach(() => bunkers.splice(0).forEach((bunker) => bunker.close()))

async function bunkerOf(seed: number, relayUrl: string, options: Partial<BunkerOptions> = {}) {
  const bunker = await startBunker({ relayUrl, userKey: person(seed).secretKey, ...options })
  bunkers.push(bunker)
  return bunker
}

const openBunkerForm = (page: Page) => page.getByText('I have a bunker').click()
const shortKey = (page: Page) => page.getByRole('button', { name: 'Copy public key' })

test('a customer signs in with a bunker, buys, reloads and is still signed in', async ({
  page,
  market,
}) => {
  const bunker = await bunkerOf(41, market.relayUrl)
  await addToCart(page, TEAPOT.product)
  await goToCheckout(page)
  await fillCheckout(page, TEAPOT.zone)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await openBunkerForm(page)
  const connect = page.getByRole('button', { name: 'Connect' })
  await page.getByLabel('Link of your bunker').fill('https://bunker.example')
  await connect.click()
  await expect(page.getByText('A bunker link starts with bunker://.')).toBeVisible()
  await page.getByLabel('Link of your bunker').fill(bunker.link())
  await connect.click()
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(shortKey(page)).toBeVisible()

  await placeOrderButton(page).click()
  await payWithDemoWallet(page)
  await expect(story(page).getByText('Shipped', { exact: true })).toBeVisible()
  const signed = bunker.requests.filter(({ method }) => method === 'sign_event')
  expect(signed.length).toBeGreaterThan(0)

  await page.reload()
  await expect(story(page).getByText('Shipped', { exact: true })).toBeVisible()
  await page.goto('/account')
  await expect(page.getByText('Signed in with your bunker')).toBeVisible()
  expect(bunker.requests.filter(({ method }) => method === 'connect')).toHaveLength(1)

  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Sign out' }).click()
  await expect(page.getByRole('button', { name: 'Start with a new key' })).toBeVisible()
  await expect.poll(() => bunker.requests.at(-1)?.method).toBe('logout')
  await page.reload()
  await expect(page.getByRole('button', { name: 'Start with a new key' })).toBeVisible()
})

test('a bunker scans a code; a stranger who answers first is not let in', async ({
  page,
  context,
  market,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const bunker = await bunkerOf(42, market.relayUrl)
  const stranger = await bunkerOf(43, market.relayUrl)
  await page.goto('/account')
  await openBunkerForm(page)
  await page.getByRole('button', { name: 'Show a code to scan instead' }).click()
  await expect(page.getByRole('img', { name: 'QR code for your bunker' })).toBeVisible()
  await page.getByRole('button', { name: 'Copy link' }).click()
  const link = await page.evaluate(() => navigator.clipboard.readText())
  expect(link).toMatch(/^nostrconnect:\/\/[0-9a-f]{64}\?/)

  await stranger.accept(link, 'a guess')
  await bunker.accept(link)
  await expect(page.getByText('Signed in with your bunker')).toBeVisible()
  expect(bunker.requests.map(({ method }) => method)).toContain('get_public_key')
  expect(stranger.requests).toEqual([])
})

test('a page to confirm on is shown with its host and not opened', async ({
  page,
  context,
  market,
}) => {
  const url = 'https://bunker.example/confirm?id=7'
  let confirmed = false
  const bunker = await bunkerOf(44, market.relayUrl, {
    reply: (request, honest) =>
      confirmed || request.method !== 'connect'
        ? [honest()]
        : [{ id: request.id, result: 'auth_url', error: url }],
  })
  await page.goto('/account')
  await openBunkerForm(page)
  await page.getByLabel('Link of your bunker').fill(bunker.link())
  await page.getByRole('button', { name: 'Connect' }).click()
  const link = page.getByRole('link', { name: 'Open bunker.example' })
  await expect(link).toHaveAttribute('href', url)
  await expect(link).toHaveAttribute('rel', 'noopener noreferrer')
  expect(context.pages()).toHaveLength(1)

  await page.getByRole('button', { name: 'Stop waiting' }).click()
  await expect(page.getByRole('button', { name: 'Connect' })).toBeVisible()
  await expect(page.getByText('You are not signed in')).toHaveCount(0)
  confirmed = true
  await page.getByRole('button', { name: 'Connect' }).click()
  await expect(page.getByText('Signed in with your bunker')).toBeVisible()
})

test('words are a key too; those of somebody who mistyped are explained', async ({ page }) => {
  const words = 'leader monkey parrot ring guide accident before fence cannon height naive bean'
  await page.goto('/account')
  await page.getByText('I have a key or words').click()
  const field = page.getByLabel('Secret key or words')
  await field.fill(words.replace('naive ', ''))
  await page.getByRole('button', { name: 'Sign in with this key' }).click()
  await expect(page.getByText('These are 11 words.')).toBeVisible()
  await field.fill(words.replace('cannon', 'canoe'))
  await page.getByRole('button', { name: 'Sign in with this key' }).click()
  await expect(page.getByText('These words do not fit together')).toBeVisible()
  await field.fill(words)
  await page.getByRole('button', { name: 'Sign in with this key' }).click()
  await expect(page.getByText('npub1zutz').or(shortKey(page)).first()).toBeVisible()
})
