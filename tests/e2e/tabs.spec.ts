/** Two tabs of one browser, and a storage that is full or cleared: carts merge, orders stay. */
import type { Page } from '@playwright/test'
import { addToCart, order, placeOrderButton, prepareOrder, story, TEAPOT } from './support/shopping'
import { expect, test } from './support/test'

/** Of the stall that sells the teapot too. */
const MUG = 'Morning mug'

/** What is stored of all carts, by product. */
const pieces = (page: Page) =>
  page.evaluate(() =>
    Object.keys(localStorage)
      .filter((key) => key.startsWith('souk:cart:'))
      .flatMap((key) => JSON.parse(localStorage.getItem(key)!).data.lines)
      .map((line: { name: string; quantity: number }) => [line.name, line.quantity])
      .sort(),
  )

test('two tabs put things into one cart, change and remove them, and agree', async ({
  page,
  context,
}) => {
  const other = await context.newPage()
  await Promise.all([addToCart(page, TEAPOT.product), addToCart(other, MUG)])
  await expect
    .poll(() => pieces(page))
    .toEqual([
      [MUG, 1],
      [TEAPOT.product, 1],
    ])

  // Both stay open on the cart: what one does, the other shows.
  await Promise.all([page.goto('/cart'), other.goto('/cart')])
  const line = (tab: Page, name: string) => tab.getByRole('listitem').filter({ hasText: name })
  await expect(line(page, MUG)).toBeVisible()
  await Promise.all([
    line(page, TEAPOT.product)
      .getByRole('button', { name: /^Remove/ })
      .click(),
    line(other, MUG).getByRole('button', { name: 'One more' }).click(),
  ])
  for (const tab of [page, other]) {
    await expect(tab.getByRole('link', { name: TEAPOT.product })).toHaveCount(0)
    await expect(line(tab, MUG).getByRole('spinbutton')).toHaveValue('2')
    expect(await pieces(tab)).toEqual([[MUG, 2]])
  }
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(line(other, TEAPOT.product)).toBeVisible()
})

test('a browser without room refuses the order with words, and keeps the cart', async ({
  page,
}) => {
  await prepareOrder(page, TEAPOT)
  const room = await page.evaluate(() => {
    // Halves until not one letter fits: what browsers allow is counted on the way.
    const filler = 'filler'
    let text = ''
    for (let step = 2 ** 23; step >= 1; step /= 2) {
      try {
        localStorage.setItem(filler, text + 'x'.repeat(step))
        text += 'x'.repeat(step)
      } catch {
        continue
      }
    }
    const letters = Object.keys(localStorage).reduce(
      (sum, key) => sum + key.length + localStorage.getItem(key)!.length,
      0,
    )
    return letters
  })
  // The stand-in of the unit tests has the same limit.
  expect(room).toBe(5 * 1024 * 1024)

  await placeOrderButton(page).click()
  const alert = page.getByRole('alert').filter({ hasText: 'no room left' })
  await expect(alert).toContainText('Your data')
  await expect(page).toHaveURL(/\/checkout\//)
  expect(await pieces(page)).toEqual([[TEAPOT.product, 1]])
  const orders = await page.evaluate(
    () =>
      Object.keys(localStorage).filter((key) => /:order:|souk:outbox:|souk:room/.test(key)).length,
  )
  expect(orders).toBe(0)

  await page.evaluate(() => localStorage.removeItem('filler'))
  await placeOrderButton(page).click()
  await expect(page).toHaveURL(/\/orders\/./)
  await expect(story(page)).toContainText('Order')
  expect(await pieces(page)).toEqual([])
})

test('orders survive that another tab clears the storage', async ({ page, context }) => {
  await order(page, TEAPOT)
  const other = await context.newPage()
  await other.goto('/')
  await other.evaluate(() => localStorage.clear())
  await expect(page.getByText('Something cleared what Souk had kept here')).toBeVisible()
  await expect(page.getByText(/The order open in this tab was stored again/)).toBeVisible()
  await page.reload()
  await expect(page.getByRole('region', { name: 'Delivery to relays' })).toBeVisible()
  await page.goto('/settings/data')
  const kept = page.getByRole('region', { name: 'What this browser keeps' })
  await expect(kept.getByRole('row', { name: /^Orders/ })).toContainText('1')
})
