/** Starting the market: what it serves, and how it says that a port is taken. */
import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type Server } from 'node:net'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, it } from 'vitest'
import { startMarket, type RunningMarket } from '../../../dev/embeddedMarket'

const PROJECT = fileURLToPath(new URL('../../..', import.meta.url))
const ANY_PORTS = { SOUK_PORT: '0', SOUK_RELAY_PORT: '0', SOUK_WALLET_PORT: '0' }

const servers: Server[] = []
let market: RunningMarket | null = null

afterEach(async () => {
  await market?.close()
  market = null
  for (const server of servers.splice(0)) server.close()
})

async function takePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  servers.push(server)
  return (server.address() as AddressInfo).port
}

interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs the start program, which is expected to end by itself. */
const runProgram = (env: Record<string, string>): Promise<Ended> =>
  new Promise((resolve) => {
    const options = { cwd: PROJECT, env: { ...process.env, ...ANY_PORTS, ...env }, timeout: 30_000 }
    const args = ['--import', 'tsx', 'dev/market.ts']
    const child = execFile(process.execPath, args, options, (_, stdout, stderr) =>
      resolve({ code: child.exitCode, stdout, stderr }),
    )
  })

describe('a port that is taken', () => {
  it.each(['SOUK_PORT', 'SOUK_RELAY_PORT', 'SOUK_WALLET_PORT'])(
    'is named in one line with %s',
    async (variable) => {
      const port = await takePort()
      const { code, stdout, stderr } = await runProgram({ [variable]: String(port) })
      expect(code).toBe(1)
      expect(stdout).toBe('')
      expect(stderr.trimEnd().split('\n')).toHaveLength(1)
      expect(stderr).toContain(`Port ${port}`)
      expect(stderr).toContain(`${variable}=`)
    },
    40_000,
  )

  it('is refused in words when it is no port at all', async () => {
    const { code, stderr } = await runProgram({ SOUK_PORT: 'eighty' })
    expect(code).toBe(1)
    expect(stderr).toContain('SOUK_PORT must be a port')
  }, 40_000)
})

describe('a running market', () => {
  it('says in /config.json where everything is', async () => {
    market = await startMarket()
    const response = await fetch(`${market.appUrl}/config.json`)
    const config: unknown = await response.json()
    expect(config).toEqual(market.config)
    expect(market.config.relays).toEqual([market.relayUrl])
    expect(market.config.network).toBe('regtest')
    expect(market.config.embeddedMarket.nwc).toMatch(/^nostr\+walletconnect:/)
    expect(market.config.embeddedMarket.merchants.map(({ name }) => name)).toEqual(['Night Desk'])
  }, 30_000)

  it('has every stall and product on its relay, with pictures that it serves', async () => {
    market = await startMarket()
    const events = market.relay?.events() ?? []
    const kinds = (kind: number) => events.filter((event) => event.kind === kind)
    expect(kinds(30017)).toHaveLength(6)
    expect(kinds(30018).length).toBeGreaterThanOrEqual(40)
    const images = kinds(30018).flatMap(
      ({ content }) => (JSON.parse(content) as { images: string[] }).images,
    )
    const response = await fetch(images[0] ?? '')
    expect(response.headers.get('content-type')).toContain('image/svg+xml')
    expect(await response.text()).toContain('<svg')
    expect(images.every((url) => url.startsWith(`${market?.appUrl}/pictures/`))).toBe(true)
  }, 30_000)
})
