/**
 * Hostile events, frames and stored records against the built page: nothing good may be hidden, and
 * nothing may go wrong unnoticed. A few hundred of them here; `npm run fuzz:page` sends thousands.
 */
import process from 'node:process'
import type { Page } from '@playwright/test'
import WebSocket from 'ws'
import { addressOf, parseOrderKey } from '@/domain/ids'
import { KIND } from '@/protocol/event'
import { createFaultyRelay, type FaultyRelay } from '../faults/faultyRelay'
import { mutate } from '../fuzz/mutate'
import { HOSTILE, hostileEvents } from '../fuzz/page/hostileEvents'
import { hostileRecords, type StoredRecord } from '../fuzz/page/hostileRecords'
import { createRandom } from '../fuzz/random'
import { HONEY, order, payWithDemoWallet, qrCode } from './support/shopping'
import { expect as expectSoon, test } from './support/test'

const INPUTS = Number(process.env.SOUK_FUZZ_INPUTS ?? 300)
const SEED = Number(process.env.SOUK_FUZZ_SEED ?? 1)
/** Of all inputs: events, frames, and what is left are stored records. */
const EVENTS = Math.round(INPUTS * 0.6)
const FRAMES = Math.round(INPUTS * 0.2)
const RECORDS = INPUTS - EVENTS - FRAMES
const RECORDS_A_VISIT = 200
const VISITS = Math.ceil(RECORDS / RECORDS_A_VISIT)

test.setTimeout(180_000 + INPUTS * 200)
/** A page that has thousands of events to check is slow, not wrong. */
const expect = expectSoon.configure({ timeout: 20_000 + INPUTS * 10 })

/** The configuration of the market, for everybody's stalls and with the hostile relay. */
async function openToAll(page: Page, config: object, relays: readonly string[]): Promise<void> {
  const body = JSON.stringify({ ...config, merchants: null, relays })
  await page
    .context()
    .route('**/config.json', (route) => route.fulfill({ contentType: 'application/json', body }))
}

/** Resolves once the relay has answered each event. */
function publish(url: string, events: readonly { readonly id: string }[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url)
    let answers = 0
    let taken = 0
    socket.on('open', () =>
      events.forEach((event) => socket.send(JSON.stringify(['EVENT', event]))),
    )
    socket.on('message', (data) => {
      const [type, , accepted] = JSON.parse(String(data)) as unknown[]
      if (type !== 'OK') return
      answers += 1
      if (accepted === true) taken += 1
      if (answers < events.length) return
      socket.close()
      resolve(taken)
    })
    socket.on('error', reject)
  })
}

/** Frames of the kinds that no event is in, about things that the page has really asked for. */
async function sendFrames(relay: FaultyRelay, page: Page): Promise<void> {
  const asked = relay.heardOf('REQ').map((text) => (JSON.parse(text) as string[])[1] ?? '')
  const sent = relay
    .heardOf('EVENT')
    .map((text) => (JSON.parse(text) as [string, { id: string }])[1].id)
  const random = createRandom(SEED + 77)
  for (let n = 0; n < FRAMES; n++) {
    const subscription = random.pick([...asked, 'x'])
    const event = random.pick([...sent, 'f'.repeat(64)])
    const frame = random.pick([
      ['EOSE', subscription],
      ['CLOSED', subscription, 'error: try again'],
      ['OK', event, false, 'auth-required: who are you'],
      ['OK', event, false, 'pow: 20 bits'],
      ['NOTICE', 'closing'],
      ['AUTH', 'challenge'],
      ['EVENT', subscription, { id: event, kind: 4, tags: [], content: '' }],
    ])
    relay.inject(mutate(JSON.stringify(frame), random))
    if (n % 50 === 0) await page.waitForTimeout(20)
  }
}

const stored = (page: Page): Promise<StoredRecord[]> =>
  page.evaluate(() => Object.entries(localStorage).filter(([key]) => key.startsWith('souk:')))

/** Leaves the good records alone, takes away what earlier visits left, and adds the hostile ones. */
const plant = (page: Page, keep: readonly string[], records: readonly StoredRecord[]) =>
  page.evaluate(
    ([good, hostile]) => {
      for (const key of Object.keys(localStorage)) {
        if (!good.includes(key)) localStorage.removeItem(key)
      }
      for (const [key, text] of hostile) localStorage.setItem(key, text)
    },
    [keep, records] as const,
  )

const EVERY_PAGE = [
  '/',
  '/cart',
  '/orders',
  '/merchant',
  '/account',
  '/settings/privacy',
  '/settings/security',
  '/settings/messages',
  '/settings/data',
]

test('nothing that others write hides what is good or breaks the page', async ({
  page,
  market,
  guard,
}) => {
  // Pictures that are not there, and addresses that are none.
  guard.allow(/Failed to load resource/)
  // A page that is busy gives a relay up that has not answered in time, or is left meanwhile.
  guard.allow(/^WebSocket connection to .* closed before the connection is established\.$/)
  const hostile = await createFaultyRelay({ upstream: null })
  guard.allowHost(hostile.url)
  await openToAll(page, market.config, [market.relayUrl, hostile.url])

  await order(page, HONEY)
  await expect(qrCode(page)).toBeVisible()
  const orderPage = page.url()
  const ref = parseOrderKey(decodeURIComponent(new URL(orderPage).pathname.split('/').at(-1)!))
  if (!ref.ok) throw new Error(ref.reason)

  const events = await hostileEvents(EVENTS, SEED, {
    customer: ref.value.customer,
    webRoot: `${market.appUrl}/pictures/`,
    now: Math.floor(Date.now() / 1000),
  })
  const taken = await publish(market.relayUrl, events)
  expect(taken).toBeGreaterThan(EVENTS * 0.8)
  await sendFrames(hostile, page)
  await expect(qrCode(page)).toBeVisible()

  const good = await stored(page)
  expect(good.length).toBeGreaterThan(0)
  for (let visit = 0; visit < VISITS; visit++) {
    const records = hostileRecords(good, Math.min(RECORDS_A_VISIT, RECORDS), SEED * 1000 + visit)
    await plant(
      page,
      good.map(([key]) => key),
      records,
    )
    await page.goto(orderPage)
    await expect(qrCode(page)).toBeVisible()
  }

  for (const path of EVERY_PAGE) {
    await page.goto(path)
    await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible()
  }
  for (const { publicKey, stalls } of market.merchants) {
    for (const { id, name, products } of stalls) {
      const address = addressOf(KIND.stall, publicKey as never, id)
      await page.goto(`/stall/${encodeURIComponent(address)}`)
      await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible()
      for (const product of products) {
        await expect(page.getByRole('link', { name: product.name, exact: true })).toBeVisible()
      }
    }
  }
  for (const { kind, pubkey, tags } of events.filter(({ kind }) => kind > 30_000).slice(0, 12)) {
    const address = addressOf(kind, pubkey as never, tags.find(([name]) => name === 'd')?.[1] ?? '')
    const place = kind === KIND.stall ? 'stall' : 'product'
    await page.goto(`/${place}/${encodeURIComponent(address)}`)
    await expect(page.getByRole('main')).toBeVisible()
  }

  await page.goto(orderPage)
  await payWithDemoWallet(page)
  const figures = { program: 'fuzz:page', inputs: INPUTS, events: EVENTS, frames: FRAMES }
  const senders = HOSTILE.length
  console.log(JSON.stringify({ ...figures, records: RECORDS, senders, seed: SEED, failures: 0 }))
  // A page that is open would miss its relay, and say so.
  await page.close()
  await hostile.close()
})
