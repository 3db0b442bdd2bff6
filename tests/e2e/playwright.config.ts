/**
 * Browser tests: the built app in Chromium, against a market on free ports of this machine.
 *
 * CHROMIUM_PATH names the browser (default: /usr/bin/chromium). SOUK_RELAY_URL makes the market use
 * that relay in place of its own: only tests tagged `@independent` are meant for it.
 */
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { defineConfig } from '@playwright/test'

/** Chromium asks outside servers for updates and the like: here no other name resolves. */
const ARGUMENTS = [
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
  '--disable-background-networking',
  '--disable-component-update',
  '--dns-prefetch-disable',
  '--no-pings',
]

export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.ts',
  outputDir: '../../test-results/e2e',
  globalSetup: fileURLToPath(new URL('./support/buildApp.ts', import.meta.url)),
  // Two markets on one relay would both answer the same orders.
  workers: process.env.SOUK_RELAY_URL ? 1 : 2,
  forbidOnly: true,
  timeout: 90_000,
  expect: { timeout: 20_000 },
  reporter: [['line'], ['json', { outputFile: '../../test-results/e2e.json' }]],
  use: {
    browserName: 'chromium',
    viewport: { width: 1280, height: 900 },
    locale: 'en-GB',
    contextOptions: { reducedMotion: 'reduce' },
    actionTimeout: 20_000,
    navigationTimeout: 30_000,
    screenshot: 'only-on-failure',
    trace: process.env.SOUK_TRACE ? 'retain-on-failure' : 'off',
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH || '/usr/bin/chromium',
      args: ARGUMENTS,
    },
  },
})
