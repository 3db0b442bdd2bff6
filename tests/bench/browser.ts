/** A fresh Chromium with a profile on disk, so that a second visit finds what a real one would. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type BrowserContext } from '@playwright/test'

/** Chromium asks outside servers for updates and the like: here no other name resolves. */
const ARGUMENTS = [
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
  '--disable-background-networking',
  '--disable-component-update',
  '--dns-prefetch-disable',
  '--no-pings',
]

/** What the compiler adds to functions that are sent into a page refers to this helper. */
const NAME_HELPER = 'globalThis.__name = (value) => value'

/** Opens a fresh profile for `work` and deletes it afterwards. */
export async function withFreshProfile<T>(
  executablePath: string,
  work: (context: BrowserContext) => Promise<T>,
): Promise<T> {
  const profile = mkdtempSync(join(tmpdir(), 'souk-bench-'))
  try {
    const context = await chromium.launchPersistentContext(profile, {
      executablePath,
      args: ARGUMENTS,
      viewport: { width: 1280, height: 900 },
      locale: 'en-GB',
    })
    try {
      await context.addInitScript({ content: NAME_HELPER })
      return await work(context)
    } finally {
      await context.close()
    }
  } finally {
    rmSync(profile, { recursive: true, force: true, maxRetries: 3 })
  }
}
