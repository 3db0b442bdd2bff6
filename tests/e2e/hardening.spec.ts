/** What the page may do, and that a breach of it does not go unnoticed. */
import type { Page } from '@playwright/test'
import { securityHeaders } from '../../dev/headers'
import { createGuard, type Guard } from './support/guard'
import { TEAPOT } from './support/shopping'
import { expect, test } from './support/test'

const ELSEWHERE = 'https://elsewhere.example/'

/** Each runs in the page, and each is something that no page of the app may do. */
const BREACHES: readonly (readonly [name: string, breach: () => unknown, told: RegExp])[] = [
  [
    'a script in the page',
    () => {
      const script = document.createElement('script')
      script.append('document.title = "breached"')
      document.body.append(script)
    },
    /TrustedScript|script-src/,
  ],
  [
    'a text that is run',
    () => void setTimeout(() => new Function('document.title = "breached"')()),
    /TrustedScript|script-src/,
  ],
  [
    'a text that becomes elements',
    () => void setTimeout(() => (document.body.innerHTML = '<b>breached</b>')),
    /require-trusted-types-for/,
  ],
  [
    'a style in the page',
    () => {
      const style = document.createElement('style')
      style.append('body { color: red }')
      document.body.append(style)
    },
    /style-src-elem/,
  ],
  [
    'a style at an element',
    () => document.body.setAttribute('style', 'color: red'),
    /style-src-attr/,
  ],
  [
    'a page in the page',
    () => {
      const frame = document.createElement('iframe')
      frame.src = 'https://elsewhere.example/'
      document.body.append(frame)
    },
    /frame-src/,
  ],
  [
    'a form that is sent',
    () => {
      const form = document.createElement('form')
      form.action = 'https://elsewhere.example/'
      document.body.append(form)
      form.submit()
    },
    /form-action/,
  ],
  ['a request to another host', () => fetch('https://elsewhere.example/'), /elsewhere\.example/],
  ['a dialog', () => alert('breached'), /a dialog opened: alert breached/],
  ['a warning', () => console.warn('odd'), /odd/],
  ['an error', () => void setTimeout(() => nothing.there), /nothing is not defined/],
]
declare const nothing: { readonly there: unknown }

const complaintOf = (guard: Guard): Promise<string> =>
  guard.check().then(
    () => '',
    (error: unknown) => String(error),
  )

for (const [name, breach, told] of BREACHES) {
  test(`the guard notices ${name}`, async ({ browser, baseURL }) => {
    const context = await browser.newContext({ baseURL })
    const guard = createGuard(baseURL ?? '')
    await guard.watch(context)
    await context.route(`${ELSEWHERE}**`, (route) =>
      route.fulfill({
        headers: { 'access-control-allow-origin': '*' },
        body: 'here',
      }),
    )
    const page = await context.newPage()
    await page.goto('/settings/privacy')
    await expect(page.getByRole('heading', { name: 'Pictures' })).toBeVisible()
    expect(await complaintOf(guard)).toBe('')
    await page.evaluate(breach)
    await expect.poll(() => complaintOf(guard)).toMatch(told)
    expect(await page.evaluate(() => document.title)).not.toBe('breached')
    await context.close()
  })
}

test('everything that is served has the headers', async ({ page, request }) => {
  const served = (await page.goto('/'))?.headers() ?? {}
  const script = await page.locator('script[type=module]').getAttribute('src')
  const asset = (await request.get(script ?? '')).headers()
  for (const [name, value] of Object.entries(securityHeaders('embedded'))) {
    expect(served[name.toLowerCase()], name).toBe(value)
    expect(asset[name.toLowerCase()], `${name} of ${script}`).toBe(value)
  }
})

test('a page of another origin gets no hold of this one', async ({ page, baseURL, guard }) => {
  const other = new URL('/settings/privacy', baseURL)
  other.hostname = 'localhost'
  guard.allowHost(other.href)
  await page.goto('/settings/privacy')
  const [opened, handle] = await Promise.all([
    page.waitForEvent('popup'),
    page.evaluateHandle((address) => window.open(address), other.href),
  ])
  await opened.waitForLoadState()
  expect(await opened.evaluate(() => window.opener === null)).toBe(true)
  expect(await handle.evaluate((held) => held?.closed)).toBe(true)
})

test('signatures are checked in a worker, which the rules let start', async ({ page }) => {
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  const starting = page.waitForEvent('worker')
  await page.goto('/')
  expect((await starting).url()).toMatch(/\/assets\/verifyWorker-/)
  await expect(page.getByRole('article').first()).toBeVisible()
  expect(asked.filter((address) => address.includes('inlineVerifier'))).toEqual([])
  const refused = await page.evaluate(() => {
    const isRefused = (address: string) => {
      try {
        new Worker(address)
        return false
      } catch {
        return true
      }
    }
    return ['https://elsewhere.example/worker.js', '/theme.js', 'data:,'].map(isRefused)
  })
  expect(refused).toEqual([true, true, true])
})

/** Pictures of merchants that the browser asks for, and what it tells their hosts of the page. */
function watchPictures(page: Page) {
  const asked: string[] = []
  const referrers: string[] = []
  page.on('request', (request) => {
    const { pathname } = new URL(request.url())
    if (request.resourceType() !== 'image' || !pathname.startsWith('/pictures/')) return
    asked.push(pathname)
    referrers.push(request.headers().referer ?? '')
  })
  return { asked, referrers }
}

async function choosePictures(page: Page, name: RegExp): Promise<void> {
  await page.goto('/settings/privacy')
  await page.getByRole('radio', { name }).check()
}

test('pictures are loaded, asked for, or left out', async ({ page }) => {
  const { asked, referrers } = watchPictures(page)
  const product = page.getByRole('link', { name: TEAPOT.product, exact: true })
  await choosePictures(page, /^No pictures/)
  await page.goto('/')
  await expect(page.getByRole('article').first()).toBeVisible()
  await page.goto('/?q=teapot')
  await product.click()
  await expect(page.getByRole('img', { name: /\(no picture\)$/ }).first()).toBeVisible()
  await page.reload()
  await expect(page.getByRole('img', { name: /\(no picture\)$/ }).first()).toBeVisible()
  expect(asked).toEqual([])

  await choosePictures(page, /^Ask first/)
  await page.goto('/?q=teapot')
  await product.click()
  const show = page.getByRole('button', { name: 'Show picture' })
  await expect(page.getByText('which learns your network address')).toBeVisible()
  expect(asked).toEqual([])
  await show.first().click()
  await expect(page.getByRole('img', { name: /^Round teapot/ }).first()).toBeVisible()
  expect(new Set(asked).size).toBe(1)

  await choosePictures(page, /^Load pictures/)
  await page.goto('/')
  await expect(page.getByRole('article').locator('img').first()).toBeVisible()
  await expect.poll(() => new Set(asked).size).toBeGreaterThan(1)
  expect(referrers.filter((referrer) => referrer !== '')).toEqual([])
})

test('whose pictures are always wanted is asked about no more', async ({ page }) => {
  const { asked } = watchPictures(page)
  await choosePictures(page, /^Ask first/)
  await page.goto('/?q=teapot')
  await page.getByRole('link', { name: TEAPOT.product, exact: true }).click()
  await page.getByRole('button', { name: 'Always from this merchant' }).click()
  await expect.poll(() => asked.length).toBeGreaterThan(0)
  await page.goto('/settings/privacy')
  await page.getByRole('button', { name: /^Ask again about / }).click()
  await expect(page.getByText('Always loaded while you are asked')).toHaveCount(0)
})
