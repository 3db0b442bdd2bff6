/** Extensions in trouble: another account is chosen in the middle of an order; nobody answers. */
import type { BrowserContext, Page } from '@playwright/test'
import { KIND } from '@/protocol/event'
import { person } from '../factories/people'
import { installExtension } from './support/extension'
import { storedEvents } from './support/relayClient'
import { placeOrderButton, prepareOrder, TEAPOT } from './support/shopping'
import { expect, test } from './support/test'

async function readyToOrder(page: Page, context: BrowserContext, seed: number) {
  const extension = await installExtension(context, person(seed))
  await prepareOrder(page, TEAPOT)
  await page.getByRole('button', { name: 'Sign in with extension' }).click()
  await expect(page.getByRole('button', { name: 'Copy public key' })).toBeVisible()
  return extension
}

const ordersOf = (relayUrl: string, ...seeds: number[]) =>
  storedEvents(relayUrl, {
    kinds: [KIND.directMessage],
    authors: seeds.map((seed) => person(seed).pubkey),
  })

test('nothing is signed with another account, and there is a way back', async ({
  page,
  context,
  market,
}) => {
  const extension = await readyToOrder(page, context, 51)
  extension.account = person(52)
  await placeOrderButton(page).click()
  const notice = page.getByRole('complementary', { name: 'Your signer' })
  await expect(notice).toContainText('Another account answers')
  await expect(page.getByText('The order is not placed')).toBeVisible()
  expect(await ordersOf(market.relayUrl, 51, 52)).toEqual([])

  await notice.getByRole('button', { name: 'I switched back' }).click()
  await expect(notice).toContainText('set to another key')
  extension.account = person(51)
  await notice.getByRole('button', { name: 'I switched back' }).click()
  await expect(notice).toHaveCount(0)
  await placeOrderButton(page).click()
  await expect(page).toHaveURL(/\/orders\/./)
  await expect.poll(() => ordersOf(market.relayUrl, 51)).toHaveLength(1)
  expect(await ordersOf(market.relayUrl, 52)).toEqual([])
})

test('waiting for an extension is said after a while and can be given up', async ({
  page,
  context,
  market,
}) => {
  const extension = await readyToOrder(page, context, 53)
  extension.isSilent = true
  await placeOrderButton(page).click()
  await expect(page.getByText('Waiting for your extension: look for its window')).toBeVisible()
  const notice = page.getByRole('complementary', { name: 'Your signer' })
  await notice.getByRole('button', { name: 'Stop waiting' }).click()
  await expect(page.getByText('You stopped waiting for your extension.')).toBeVisible()

  extension.isSilent = false
  await placeOrderButton(page).click()
  await expect(page).toHaveURL(/\/orders\/./)
  await expect.poll(() => ordersOf(market.relayUrl, 53)).toHaveLength(1)
})
