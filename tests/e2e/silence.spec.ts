/** A merchant that does not answer, or says no, or does not confirm: what the customer can do then. */
import { createHash } from 'node:crypto'
import type { Page } from '@playwright/test'
import { parseOrderKey, type OrderRef } from '@/domain/ids'
import { KIND, type VerifiedEvent } from '@/protocol/event'
import { localSigner } from '@/signing/localKey'
import { person } from '../factories/people'
import {
  benchInvoice,
  scriptedShop,
  startScriptedMerchant,
  type ScriptedMerchant,
} from './support/scriptedMerchant'
import { CUSTOMER, order, placeOrderButton, qrCode, story } from './support/shopping'
import { expect, test as base } from './support/test'

const MERCHANT = person(32)
const VICE = { product: 'Bench vice', zone: 'Everywhere' }
const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

interface Speakers {
  readonly merchant: ScriptedMerchant
  /** Everything for the merchant that the relay is handed, each time that it is. */
  readonly heard: VerifiedEvent[]
}

const test = base.extend<Speakers>({
  merchant: async ({ market }, use) => {
    const merchant = startScriptedMerchant(market.relayUrl, MERCHANT)
    await use(merchant)
    merchant.close()
  },
  heard: async ({ market }, use) => {
    const heard: VerifiedEvent[] = []
    market.relay?.setFaults({
      refuse(event) {
        const isForMerchant = event.tags.some(([, key]) => key === MERCHANT.pubkey)
        if (event.kind === KIND.directMessage && isForMerchant) heard.push(event)
        return null
      },
    })
    await use(heard)
    market.relay?.setFaults({})
  },
})

test.use({ marketOptions: { merchants: [scriptedShop(MERCHANT)] } })

function orderOn(page: Page): OrderRef {
  const ref = parseOrderKey(decodeURIComponent(new URL(page.url()).pathname.split('/').at(-1)!))
  if (!ref.ok) throw new Error(ref.reason)
  return ref.value
}

/** What the merchant reads. */
async function textOf({ pubkey, content }: VerifiedEvent): Promise<string> {
  const plain = await localSigner(MERCHANT.secretKey).nip04Decrypt(pubkey, content)
  if (!plain.ok) throw new Error(plain.reason.message)
  return plain.value
}

const heading = (page: Page, name: string) => page.getByRole('heading', { name, exact: true })
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const messages = (page: Page) => page.getByRole('region', { name: 'Messages' })
const messageField = (page: Page) => page.getByLabel('Write to Test Bench')

test('a silent merchant is told of in words, gets the same bytes again, and can be written to', async ({
  page,
  heard,
  market,
}) => {
  // Ordered a day ago by this page's clock, so that the end is now.
  await page.clock.install({ time: Date.now() - DAY - 12 * MINUTE })
  await order(page, VICE)
  await expect(heading(page, 'Waiting for the invoice')).toBeVisible()
  await expect.poll(() => heard.length).toBe(1)

  await page.clock.fastForward(11 * MINUTE)
  await expect(heading(page, 'No answer yet')).toBeVisible()
  await expect(page.getByRole('main')).toContainText('You can leave this page')
  expect(heard, 'nothing is sent by itself').toHaveLength(1)

  await page.reload()
  await button(page, 'Send the same order again').click()
  await expect(story(page)).toContainText('again')
  await expect.poll(() => heard.length).toBe(2)
  expect(JSON.stringify(heard[1])).toBe(JSON.stringify(heard[0]))
  const stored = market.relay!.events().filter(({ id }) => id === heard[0]!.id)
  expect(stored).toHaveLength(1)
  await expect(heading(page, 'Waiting for the invoice')).toBeFocused()

  await page.clock.fastForward(DAY)
  await expect(heading(page, 'The merchant does not answer')).toBeVisible()
  await expect(page.getByRole('main')).toContainText('You paid nothing')
  expect(heard).toHaveLength(2)

  await button(page, 'Order anew').click()
  const question = page.getByRole('dialog', { name: 'Make a second order?' })
  await expect(question).toContainText('two orders and two invoices')
  await page.keyboard.press('Escape')
  await expect(question).toHaveCount(0)
  await expect(button(page, 'Order anew')).toBeFocused()
  await button(page, 'Order anew').click()
  await question.getByRole('button', { name: 'Write to the merchant' }).click()
  await expect(question).toHaveCount(0)
  await expect(messageField(page)).toBeFocused()

  await page.keyboard.type('Are you still there?')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect(messages(page).getByRole('listitem')).toContainText('Are you still there?')
  await expect(messageField(page)).toHaveValue('')
  await expect.poll(() => heard.length).toBe(3)
  expect(await textOf(heard[2]!)).toBe('Are you still there?')
  await button(page, 'Write to the merchant').click()
  await expect(messageField(page)).toBeFocused()
})

test('after a failure reply the same goods are ordered anew, under a new id', async ({
  page,
  heard,
  merchant,
}) => {
  await order(page, VICE)
  const first = orderOn(page)
  await merchant.refuse(first, 'The last one broke this morning.')
  await expect(heading(page, 'The merchant could not take this order')).toBeVisible()
  await expect(button(page, 'Send the same order again')).toHaveCount(0)

  await button(page, 'Order again').click()
  await expect(heading(page, 'Checkout')).toBeVisible()
  await expect(page.getByLabel('Name')).toHaveValue(CUSTOMER.name)
  await expect(page.getByLabel('Address')).toHaveValue(CUSTOMER.address)
  await expect(page.getByRole('radio', { name: VICE.zone })).toBeChecked()
  await expect(page.getByRole('main')).toContainText(VICE.product)
  await placeOrderButton(page).click()
  await expect(page).toHaveURL(/\/orders\/./)
  expect(heard).toHaveLength(2)

  const second = orderOn(page)
  expect(second.orderId).not.toBe(first.orderId)
  const [before, after] = await Promise.all(heard.map(async (one) => JSON.parse(await textOf(one))))
  expect([before.id, after.id]).toEqual([first.orderId, second.orderId])
  expect(after).toEqual({ ...before, id: second.orderId })
  await merchant.requestPayment(second, benchInvoice())
  await expect(qrCode(page)).toBeVisible()
})

test('“I have paid” never shows a code again, asks relays, sends the hash, and takes only the right proof', async ({
  page,
  heard,
  merchant,
}) => {
  await order(page, VICE)
  const preimage = 'a5'.repeat(32)
  const hash = createHash('sha256').update(Buffer.from(preimage, 'hex')).digest('hex')
  await merchant.requestPayment(orderOn(page), benchInvoice({ paymentHash: hash }))
  await expect(qrCode(page)).toBeVisible()
  await button(page, 'I have paid it already').click()

  const claimed = heading(page, 'Waiting for the merchant to confirm')
  await expect(claimed).toBeFocused()
  await expect(page.getByRole('main')).toContainText('Do not pay a second time.')
  await page.reload()
  await expect(claimed).toBeVisible()
  await expect(qrCode(page)).toHaveCount(0)
  await expect(page.getByRole('link', { name: 'Open in a wallet app' })).toHaveCount(0)

  await button(page, 'Ask the relays again').click()
  await expect(
    page.getByText('1 of 1 relay answered: nothing new from the merchant.'),
  ).toBeVisible()
  await expect(button(page, 'Ask the relays again')).toBeFocused()
  await button(page, 'Send the merchant the payment hash').click()
  await expect(messages(page).getByRole('listitem')).toContainText(`Payment hash: ${hash}`)
  await expect.poll(() => heard.length).toBe(2)
  expect(await textOf(heard[1]!)).toContain(hash)

  await page.getByText('My wallet shows a proof of payment').click()
  await page.getByLabel('Preimage').fill('5a'.repeat(32))
  await button(page, 'Check the proof').click()
  const alert = page.getByRole('alert')
  await expect(alert).toContainText('This preimage belongs to another payment')
  await expect(claimed).toBeVisible()
  await page.getByLabel('Preimage').fill(` ${preimage.toUpperCase()} `)
  await button(page, 'Check the proof').click()
  await expect(heading(page, 'Paid')).toBeFocused()
  await expect(page.getByRole('main')).toContainText('the merchant has still to confirm it')
  expect(heard, 'the proof stays here').toHaveLength(2)

  await merchant.requestPayment(orderOn(page), benchInvoice())
  await expect(page.getByText('This order is paid, and another invoice')).toBeVisible()
  await expect(qrCode(page)).toHaveCount(0)
})

test('a claim that was taken back shows the code again; a late confirmation settles it', async ({
  page,
  merchant,
}) => {
  await order(page, VICE)
  await merchant.requestPayment(orderOn(page), benchInvoice())
  await button(page, 'I have paid it already').click()
  await button(page, 'I have not paid').click()
  await expect(qrCode(page)).toBeVisible()
  await button(page, 'I have paid it already').click()
  await merchant.report(orderOn(page), { paid: true, text: 'Thank you.' })
  await expect(heading(page, 'The merchant says: paid')).toBeVisible()
  await expect(qrCode(page)).toHaveCount(0)
})
