/** Two hundred attacks in every field that strangers fill: all of them stay text. */
import type { Page } from '@playwright/test'
import { parseOrderKey, type OrderRef } from '@/domain/ids'
import { directMessage } from '../factories/events'
import { CUSTOMER, person, type Person } from '../factories/people'
import {
  hostileCatalogue,
  MARKET_NADDR,
  marketEvent,
  productPages,
  stallPages,
  type HostilePage,
} from './support/hostileMarket'
import { part, PAYLOADS } from './support/payloads'
import { publishTo } from './support/relayClient'
import { benchInvoice, scriptedShop } from './support/scriptedMerchant'
import { order, story } from './support/shopping'
import { expect, test } from './support/test'

const MERCHANT = person(31)
/** Receives an order, and has sent nothing before. */
const RECIPIENT = person(32)
const VICE = { product: 'Bench vice', zone: 'Everywhere' }
const PIXEL = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64')
const now = () => Math.floor(Date.now() / 1000)

test.use({
  marketOptions: {
    merchants: [
      scriptedShop(MERCHANT),
      scriptedShop(RECIPIENT, { name: 'Quiet Bench', product: 'Quiet vice' }),
    ],
  },
})
test.use({ trace: 'off' })
test.describe.configure({ timeout: 240_000 })

/** Pictures of merchants may lie anywhere: here, at a host that answers with a dot. */
test.beforeEach(async ({ context, guard }) => {
  await context.addInitScript(`window.findIntruders = ${findIntruders.toString()}`)
  guard.allowHost('https://pictures.example')
  await context.route('https://pictures.example/**', (route) =>
    route.fulfill({ contentType: 'image/gif', body: PIXEL }),
  )
})

declare global {
  interface Window {
    findIntruders(): string[]
  }
}

/** Runs in the page: everything that is there and that the app did not put there. */
function findIntruders(): string[] {
  const ours = (script: Element) => new URL((script as HTMLScriptElement).src).origin === origin
  const foreign =
    'iframe, object, embed, base, frame, style, template, math, video, audio, marquee, foreignObject, animate, svg script, svg a, xmp, noscript img, [srcdoc], form[action], meta[http-equiv], link[href*="evil"], img[srcset]'
  const found = [...document.querySelectorAll(foreign)].map((element) => element.outerHTML)
  for (const script of document.scripts) if (!script.src || !ours(script)) found.push('script')
  for (const element of document.querySelectorAll('*')) {
    for (const { name, value } of element.attributes) {
      if (name.startsWith('on')) found.push(`${name}=${value}`)
      const isAddress = ['href', 'src', 'xlink:href', 'action', 'formaction', 'data'].includes(name)
      const isKnown = /^(https?:|lightning:|bitcoin:|blob:|\/(?!\/)|#)/.test(value)
      if (isAddress && (!isKnown || /evil\.example/.test(new URL(value, origin).host))) {
        found.push(`${name}=${value}`)
      }
    }
  }
  if (document.documentElement.dataset.xss) found.push('a script ran')
  return found
}

const expectText = async (page: Page) =>
  expect(await page.evaluate(() => window.findIntruders())).toEqual([])

/** Goes through pages as links do, without loading the app anew, and looks at each. */
function visit(page: Page, pages: readonly HostilePage[]): Promise<string[]> {
  return page.evaluate(async (list) => {
    const root = document.querySelector('#app') as unknown as {
      __vue_app__: { config: { globalProperties: { $router: { push(to: string): unknown } } } }
    }
    const { $router } = root.__vue_app__.config.globalProperties
    const frame = () => new Promise((done) => requestAnimationFrame(done))
    const heading = () => document.querySelector('h1')?.textContent ?? ''
    const found: string[] = []
    for (const { path, heading: start } of list) {
      await $router.push(path)
      for (let tries = 0; tries < 600 && !heading().includes(start); tries += 1) await frame()
      if (!heading().includes(start)) found.push(`${path} was not shown`)
      const more = [...document.querySelectorAll('button')].find(
        ({ textContent }) => textContent?.trim() === 'Show more',
      )
      more?.click()
      for (let frames = 0; frames < 3; frames += 1) await frame()
      found.push(...window.findIntruders())
    }
    return found
  }, pages)
}

test('products, stalls, profiles and markets', async ({ page, market }) => {
  expect(new Set(PAYLOADS).size).toBe(200)
  await page.route('**/config.json', (route) =>
    route.fulfill({
      json: { ...market.config, merchants: null, marketNaddr: MARKET_NADDR, marketName: 'Souk' },
    }),
  )
  await publishTo(market.relayUrl, [marketEvent(0), ...hostileCatalogue()])
  await page.goto('/')
  await expect(page.getByRole('article').first()).toBeVisible()
  await expect(page.getByRole('banner')).toContainText('<script>')
  await expectText(page)
  expect(await visit(page, stallPages)).toEqual([])
  expect(await visit(page, productPages)).toEqual([])
})

/** The order whose page is open. */
function orderOn(page: Page): OrderRef {
  const ref = parseOrderKey(decodeURIComponent(new URL(page.url()).pathname.split('/').at(-1)!))
  if (!ref.ok) throw new Error(ref.reason)
  return ref.value
}

test('payment requests, invoices, reports and messages to a customer', async ({ page, market }) => {
  await order(page, VICE)
  const { orderId, customer } = orderOn(page)
  const to = { ...CUSTOMER, pubkey: customer }
  let date = now() - 60
  const say = (content: unknown, from: Person = MERCHANT) => {
    const text = typeof content === 'string' ? content : JSON.stringify(content)
    return publishTo(market.relayUrl, [directMessage(text, { from, to, time: (date += 1) })])
  }
  const TYPES = ['url', 'btc', 'lnurl', 'lightning']
  for (let index = 0; index < 34; index += 1) {
    const words = part(index, 6)
    const description = `Memo ${index} ${words.join(' ')}`
    const options = words.map((link, at) => ({ type: TYPES[at % TYPES.length], link }))
    const ln = {
      type: 'ln',
      link: benchInvoice({ description: [...description].slice(0, 500).join('') }),
    }
    await say({
      type: 1,
      id: orderId,
      message: words.join('\n'),
      payment_options: [ln, ...options],
    })
    if (index === 0) await page.getByText('Invoice details').click()
    await expect(page.getByText(`Memo ${index} `)).toBeVisible()
    await expectText(page)
  }
  for (const half of [PAYLOADS.slice(0, 100), PAYLOADS.slice(100)]) {
    await say({ type: 2, id: orderId, message: half.join('\n'), paid: null, shipped: null })
    await say(half.join('\n'))
    await say({ type: 1, id: half[0], message: half.join('\n'), payment_options: [] }, person(77))
  }
  await expect(story(page)).toContainText(PAYLOADS.at(-1)!.slice(0, 20))
  await expectText(page)
  await page.goto('/orders')
  await expect(page.getByRole('article')).toBeVisible()
  await expectText(page)
})

test('what relays say', async ({ page, market }) => {
  let next = 0
  const word = () => PAYLOADS[next++ % PAYLOADS.length]!
  await page.routeWebSocket(/^ws:/, (socket) => {
    const relay = socket.connectToServer()
    const say = (...frame: unknown[]) => socket.send(JSON.stringify(frame))
    for (let each = 0; each < PAYLOADS.length; each += 1) {
      say('NOTICE', word())
      say('CLOSED', word(), word())
      say('OK', word(), false, word())
      say(word(), word())
    }
    say('AUTH', word())
    relay.onMessage((message) => {
      const frame = JSON.parse(String(message))
      if (frame[0] !== 'OK') return socket.send(message)
      say('OK', frame[1], false, `blocked: ${PAYLOADS.join(' ')}`)
      say('NOTICE', word())
    })
  })
  await order(page, VICE)
  await expect(page.getByRole('region', { name: 'Delivery to relays' })).toContainText('Refused')
  await expectText(page)
  expect(market.relay).not.toBeNull()
})

test('an order that reaches a merchant', async ({ page, market }) => {
  await page.goto('/merchant')
  await page.getByRole('link', { name: 'Sign in', exact: true }).click()
  await page.getByRole('button', { name: 'Sign in as Quiet Bench' }).click()
  await expect(page.getByRole('heading', { name: 'Incoming orders' })).toBeVisible()
  const attacker = person(78)
  const [text] = [PAYLOADS.join('\n')]
  const content = {
    type: 0,
    id: PAYLOADS[0],
    items: [
      { product_id: 'vice', quantity: 1 },
      ...part(1, 20).map((id) => ({ product_id: id, quantity: 1 })),
    ],
    shipping_id: PAYLOADS[2],
    name: `Mallory ${part(0, 3).join(' ')}`,
    address: text,
    message: text,
    contact: { nostr: PAYLOADS[5], phone: PAYLOADS[6], email: PAYLOADS[7] },
  }
  const profile = { name: PAYLOADS[0], picture: PAYLOADS[150], about: text }
  const send = (json: unknown) =>
    directMessage(JSON.stringify(json), { from: attacker, to: RECIPIENT, time: now() })
  await publishTo(market.relayUrl, [
    send(content),
    send({ ...content, id: 'second', message: profile }),
  ])
  await expect(page.getByText(/Mallory/).first()).toBeVisible()
  await expectText(page)
  await page
    .getByRole('link', { name: /Mallory/ })
    .first()
    .click()
  await expect(page.getByRole('heading', { name: /Mallory/ }).first()).toBeVisible()
  await expectText(page)
})
