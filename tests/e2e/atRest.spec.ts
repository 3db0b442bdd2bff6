/** What a browser keeps, and what not: sealed orders, locking, signing out, other people's computers. */
import type { Page } from '@playwright/test'
import { order, story, TEAPOT } from './support/shopping'
import { storageDump, textOf } from './support/storageDump'
import { expect, test } from './support/test'

const PASSWORD = 'a long enough password'

async function keepKey(page: Page): Promise<void> {
  await page.goto('/account')
  await page.getByRole('button', { name: 'Keep this key' }).click()
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await page.getByLabel('Password again').fill(PASSWORD)
  await page.getByRole('button', { name: 'Make a copy to keep' }).click()
  await expect(page.getByText(/^ncryptsec1/)).toBeVisible()
}

const sealedKeys = async (page: Page) =>
  Object.keys((await storageDump(page)).local).filter((key) => key.startsWith('souk:sealed:'))

test('orders are sealed, lock with the key, and come back where they were', async ({ page }) => {
  await order(page, TEAPOT)
  expect(await sealedKeys(page)).toHaveLength(1)
  const address = page.url()
  await keepKey(page)

  const other = await page.context().newPage()
  await other.goto('/account')
  await expect(other.getByRole('heading', { name: 'Your key is locked' })).toBeVisible()
  await other.getByLabel('Password of this key').fill(PASSWORD)
  await other.getByRole('button', { name: 'Unlock' }).click()
  await expect(other.getByRole('button', { name: 'Sign out' })).toBeVisible()
  await other.goto(new URL(address).pathname)
  await expect(story(other)).toBeVisible()

  await page.goto('/settings/security')
  await page.getByRole('button', { name: 'Lock now' }).click()
  for (const tab of [page, other]) {
    const { session } = await storageDump(tab)
    expect(Object.keys(session).filter((key) => key.includes('secret'))).toEqual([])
  }
  await expect(other.getByRole('heading', { name: 'Locked', exact: true })).toBeVisible()
  await expect(story(other)).toHaveCount(0)
  expect(other.url()).toBe(address)
  await other.reload()
  await expect(other.getByRole('heading', { name: 'Locked', exact: true })).toBeVisible()
  await other.getByLabel('Password of this key').fill('not the password')
  await other.getByRole('button', { name: 'Unlock' }).click()
  await expect(other.getByText(/password does not fit/i)).toBeVisible()
  await other.getByLabel('Password of this key').fill(PASSWORD)
  await other.getByRole('button', { name: 'Unlock' }).click()
  await expect(story(other)).toBeVisible()
})

test('signing out names what is lost, and then leaves nothing, in any tab', async ({ page }) => {
  await order(page, TEAPOT)
  const [sealed = ''] = await sealedKeys(page)
  const owner = sealed.split(':')[2] ?? 'nobody'
  await keepKey(page)
  const other = await page.context().newPage()
  await other.goto('/account')
  await expect(other.getByRole('heading', { name: 'Your key is locked' })).toBeVisible()

  await page.getByRole('button', { name: 'Sign out' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByText('kept here under your password')).toBeVisible()
  await expect(dialog.getByText('What only this browser knows of 1 order')).toBeVisible()
  await dialog.getByRole('button', { name: 'Sign out' }).click()
  await expect(page.getByRole('button', { name: 'Start with a new key' })).toBeVisible()
  await expect(other.getByRole('button', { name: 'Start with a new key' })).toBeVisible()
  for (const tab of [page, other]) {
    await expect.poll(async () => textOf(await storageDump(tab))).not.toContain(owner)
  }
})

test('on a shared computer nothing stays once the tab is closed', async ({ page, guard }) => {
  // A page that is no document has no icon: the browser asks for one by itself.
  guard.allow(/status of 404/)
  await order(page, TEAPOT)
  await page.goto('/settings/security')
  await page.getByRole('button', { name: 'Keep nothing here' }).click()
  await page.getByRole('button', { name: 'Remove it and keep nothing' }).click()
  await expect(page.getByText('On: nothing of this tab is kept')).toBeVisible()
  await expect(page.getByRole('link', { name: 'Shared computer: nothing is kept' })).toBeVisible()
  const before = await storageDump(page)
  expect([before.local, before.databases]).toEqual([{}, {}])

  await order(page, TEAPOT)
  await expect(story(page)).toBeVisible()
  const during = await storageDump(page)
  expect([during.local, during.databases]).toEqual([{}, {}])
  const context = page.context()
  await page.close()

  const next = await context.newPage()
  // Of the same origin, and without the app: it would begin to keep things again.
  await next.goto('/config.json')
  expect(await storageDump(next)).toEqual({ local: {}, session: {}, databases: {} })
})
