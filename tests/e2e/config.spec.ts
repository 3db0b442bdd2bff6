/** A configuration that cannot be used gives a readable page that names the setting. */
import { fileURLToPath } from 'node:url'
import { startAppServer, type RunningServer } from '../../dev/server'
import { expectAccessible } from './support/accessibility'
import { expect, test as base } from './support/test'

const DIST = fileURLToPath(new URL('../../dist', import.meta.url))
const RELAYS = ['ws://127.0.0.1:9']
/** What Chromium itself writes about a missing file. */
const MISSING_FILE = /^Failed to load resource: .* status of 404/

interface ConfigFile {
  /** What the server answers for /config.json; null when there is no such file. */
  text: string | null
}

const test = base.extend<object, { file: ConfigFile; server: RunningServer }>({
  file: [async ({}, use) => use({ text: null }), { scope: 'worker' }],
  server: [
    async ({ file }, use) => {
      const type = 'application/json; charset=utf-8'
      const server = await startAppServer({
        port: 0,
        host: '127.0.0.1',
        folder: DIST,
        made: (path) =>
          path === '/config.json' && file.text !== null
            ? { type, body: file.text, cache: 'no-store' }
            : null,
      })
      await use(server)
      await server.close()
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ server }, use) => use(server.url),
})

const CASES: readonly (readonly [name: string, text: string, says: string])[] = [
  ['no relay', JSON.stringify({ relays: [] }), 'relays must name at least one relay.'],
  [
    'a relay that is none',
    JSON.stringify({ relays: ['https://relay.example'] }),
    'relays.0 must be a relay address',
  ],
  ['an unknown network', JSON.stringify({ relays: RELAYS, network: 'moon' }), 'network '],
  [
    'a merchant without a key',
    JSON.stringify({ relays: RELAYS, merchants: ['ada'] }),
    'merchants.0 must be a public key of 64 hex characters.',
  ],
  [
    'a market address that is none',
    JSON.stringify({ relays: RELAYS, marketNaddr: 'naddr1x' }),
    'marketNaddr must be the naddr of a market',
  ],
  ['broken JSON', '{ "relays": [', '/config.json is not valid JSON.'],
  ['a list', '[]', '/config.json must hold a JSON object.'],
]

for (const [name, text, says] of CASES) {
  test(`a configuration with ${name} is explained`, async ({ page, file }) => {
    file.text = text
    await page.goto('/')
    await expect(
      page.getByRole('heading', { level: 1, name: 'This market is not set up yet' }),
    ).toBeVisible()
    await expect(page.getByRole('note')).toContainText(says)
    await expect(page.getByRole('note')).toContainText('/config.json')
  })
}

test('a missing configuration is explained, on a page for everyone', async ({
  page,
  file,
  guard,
}) => {
  guard.allow(MISSING_FILE)
  file.text = null
  await page.goto('/orders')
  await expect(page.getByRole('note')).toContainText('relays must name at least one relay.')
  await expectAccessible(page, 'setup-problem')
})
