/** A backup, from the settings of one browser into another one of the same person. */
import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { person } from '../factories/people'
import { installExtension } from './support/extension'
import {
  addToCart,
  CUSTOMER,
  HONEY,
  order,
  payWithDemoWallet,
  story,
  TEAPOT,
} from './support/shopping'
import { expect, test } from './support/test'

const PASSWORD = 'copper lantern in the orchard'
const exporting = (page: Page) => page.getByRole('region', { name: 'Save a backup' })
const importing = (page: Page) => page.getByRole('region', { name: 'Import a backup' })

async function saveBackup(page: Page): Promise<string> {
  await page.goto('/settings/data')
  const form = exporting(page)
  await form.getByLabel('Password of the backup').fill(PASSWORD)
  await form.getByLabel('Password again').fill(PASSWORD)
  const download = page.waitForEvent('download')
  await form.getByRole('button', { name: 'Save a backup' }).click()
  const file = await download
  expect(file.suggestedFilename()).toMatch(/^souk-backup-\d{4}-\d\d-\d\d\.souk$/)
  await expect(form.getByText('The backup was saved')).toBeVisible()
  return (await file.path()) as string
}

async function lookInside(page: Page, file: string | Buffer): Promise<void> {
  const form = importing(page)
  const upload = { name: 'a.souk', mimeType: 'application/octet-stream' }
  await form
    .getByLabel('Backup file')
    .setInputFiles({ ...upload, buffer: typeof file === 'string' ? readFileSync(file) : file })
  await form.getByLabel('Its password').fill(PASSWORD)
  await form.getByRole('button', { name: 'Look inside' }).click()
}

/** Signs in with the extension of a person, on the account page. */
async function signIn(page: Page): Promise<void> {
  await page.goto('/account')
  await page.getByRole('button', { name: /extension/i }).click()
  await expect(page.getByRole('button', { name: 'Sign out' })).toBeVisible()
}

test('a backup brings orders, carts and what was paid into an empty browser', async ({
  page,
  someoneElse,
}) => {
  const me = person(61)
  await installExtension(page.context(), me)
  await signIn(page)
  await order(page, TEAPOT)
  await payWithDemoWallet(page)
  const place = new URL(page.url()).pathname
  await addToCart(page, HONEY.product)
  const path = await saveBackup(page)
  const text = readFileSync(path, 'utf8')
  for (const secret of [CUSTOMER.address.slice(0, 14), 'teapot', 'orders', me.pubkey]) {
    expect(text).not.toContain(secret)
  }

  const elsewhere = await someoneElse()
  await installExtension(elsewhere.context(), me)
  await signIn(elsewhere)
  await elsewhere.goto('/settings/data')

  await lookInside(elsewhere, Buffer.from(text.slice(0, text.length / 2)))
  await expect(importing(elsewhere).getByRole('alert')).toContainText('cut off')

  await lookInside(elsewhere, path)
  await expect(importing(elsewhere)).toContainText('changes to 1 cart')
  await importing(elsewhere).getByRole('button', { name: 'Import', exact: true }).click()
  await expect(importing(elsewhere).getByText('The backup was imported')).toBeVisible()

  await elsewhere.goto(place)
  await expect(elsewhere.getByRole('heading', { name: 'Paid', exact: true })).toBeVisible()
  // What no message says: it was known to the first browser alone.
  await expect(story(elsewhere)).toContainText('Payment started')
  await elsewhere.goto('/cart')
  await expect(elsewhere.getByRole('link', { name: HONEY.product })).toBeVisible()
})

test('a backup of somebody else is not imported', async ({ page, someoneElse }) => {
  await installExtension(page.context(), person(62))
  await signIn(page)
  const path = await saveBackup(page)
  const stranger = await someoneElse()
  await installExtension(stranger.context(), person(63))
  await signIn(stranger)
  await stranger.goto('/settings/data')
  await lookInside(stranger, path)
  await expect(importing(stranger).getByRole('alert')).toContainText('belongs to another key')
})

test('deleting everything names what is lost and leaves nothing', async ({ page }) => {
  await order(page, TEAPOT)
  await page.goto('/settings/data')
  const kept = page.getByRole('region', { name: 'What this browser keeps' })
  await expect(kept.getByRole('row', { name: /^Orders/ })).toContainText('1')
  await page.getByRole('button', { name: 'Delete everything' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('1 order')
  await expect(dialog).toContainText('The key that you use here')
  await dialog.getByRole('button', { name: 'Keep everything' }).click()
  await expect(dialog).toHaveCount(0)
  await page.getByRole('button', { name: 'Delete everything' }).click()
  await dialog.getByRole('button', { name: 'Delete everything' }).click()
  await expect(page).toHaveURL('/')
  const left = await page.evaluate(() =>
    [localStorage, sessionStorage]
      .flatMap((area) => Object.keys(area))
      .filter((key) => /^souk:(order|sealed|session|secret|outbox|cart)/.test(key)),
  )
  expect(left).toEqual([])
})
