/** Looks at a page as axe does: on a desk and on a phone, light and dark. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect } from './test'

const SCREENS = {
  desktop: { width: 1280, height: 900 },
  mobile: { width: 390, height: 844 },
} as const
const SCHEMES = ['light', 'dark'] as const

/** Set, it names a folder for a picture of everything that is looked at. */
const PICTURES = process.env.SOUK_PICTURES

async function keepPicture(page: Page, name: string): Promise<void> {
  if (!PICTURES) return
  mkdirSync(PICTURES, { recursive: true })
  await page.evaluate(() => window.scrollTo(0, 0))
  await page.screenshot({ path: join(PICTURES, `${name}.png`), fullPage: true })
}

/** Resolves once a change of size or colours has been drawn. */
const drawn = (page: Page) =>
  page.evaluate(async () => {
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
  })

/** What can differ between the colours of one screen: everything else was looked at in the first. */
const OF_COLOURS = ['color-contrast', 'link-in-text-block']

/** There are no frames, which is all that the slower way is for. */
async function violations(page: Page, scheme: string): Promise<string[]> {
  const axe = new AxeBuilder({ page }).setLegacyMode(true).options({ resultTypes: ['violations'] })
  if (scheme !== SCHEMES[0]) axe.withRules(OF_COLOURS)
  const { violations: found } = await axe.analyze()
  return found.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${help}: ${target} ${failureSummary}`),
  )
}

/** Fails for anything that axe finds, and for a page that scrolls sideways. */
export async function expectAccessible(page: Page, name: string): Promise<void> {
  for (const [screen, size] of Object.entries(SCREENS)) {
    await page.setViewportSize(size)
    for (const colorScheme of SCHEMES) {
      await page.emulateMedia({ colorScheme })
      await drawn(page)
      const view = `${name}-${screen}-${colorScheme}`
      await keepPicture(page, view)
      expect.soft(await violations(page, colorScheme), view).toEqual([])
    }
    const overflow = () =>
      page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    expect.soft(await overflow(), `${name}-${screen} scrolls sideways`).toBeLessThanOrEqual(0)
  }
  await page.setViewportSize(SCREENS.desktop)
  await page.emulateMedia({ colorScheme: 'light' })
}
