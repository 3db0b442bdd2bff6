// @vitest-environment happy-dom
/** The configuration: defaults, and for each bad value a reason that names its setting. */
import { naddrEncode, npubEncode } from 'nostr-tools/nip19'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { loadConfig, parseConfig } from '@/config'
import { MERCHANT } from './factories/people'

const RELAY = 'wss://relay.example'
const relays = [RELAY]
const market = naddrEncode({
  kind: 30019,
  pubkey: MERCHANT.pubkey,
  identifier: 'spring',
  relays: [],
})

async function reasonOf(settings: Record<string, unknown>): Promise<string> {
  const config = await parseConfig(settings)
  return config.ok ? '' : config.reason
}
const answer = (body: string, type = 'application/json', status = 200) =>
  vi.stubGlobal(
    'fetch',
    async () => new Response(body, { status, headers: { 'content-type': type } }),
  )

afterEach(() => {
  vi.unstubAllGlobals()
  vi.unstubAllEnvs()
})

describe('the configuration', () => {
  it('needs relays alone', async () => {
    expect(await parseConfig({ relays })).toEqual({
      ok: true,
      value: {
        relays,
        marketName: 'Souk',
        market: null,
        merchants: null,
        network: 'bitcoin',
        rateUrl: null,
        embeddedMarket: null,
      },
    })
  })

  it('takes a nostrclient as one more relay, or as the only one', async () => {
    const nostrclientUrl = 'wss://lnbits.example/nostrclient/api/v1/relay'
    const both = await parseConfig({ relays, nostrclientUrl })
    expect(both).toMatchObject({ value: { relays: [RELAY, nostrclientUrl] } })
    expect(both.ok && 'nostrclientUrl' in both.value).toBe(false)
    expect(await parseConfig({ nostrclientUrl })).toMatchObject({
      value: { relays: [nostrclientUrl] },
    })
  })

  it.each([market, `nostr:${market}`])('reads the address of a market: %s', async (marketNaddr) => {
    expect(await parseConfig({ relays, marketNaddr })).toMatchObject({
      value: { market: { pubkey: MERCHANT.pubkey, identifier: 'spring' } },
    })
  })

  const merchant = {
    name: 'Mina',
    secretKey: '01'.repeat(32),
    lnbitsUrl: 'http://x',
    invoiceKey: 'k',
  }
  it.each<[string, Record<string, unknown>]>([
    ['relays must name at least one relay.', {}],
    ['relays must name at least one relay.', { relays: [] }],
    ['relays must be a list of relay addresses.', { relays: RELAY }],
    [
      'relays.1 must be a relay address such as wss://relay.example.',
      { relays: [RELAY, 'https://x'] },
    ],
    ['relays.0 must be a relay address such as wss://relay.example.', { relays: [7] }],
    ['relays.0 must be a relay address such as wss://relay.example.', { relays: ['wss://'] }],
    ['marketName must be a text.', { relays, marketName: 7 }],
    ['marketNaddr must be a text.', { relays, marketNaddr: [] }],
    ['marketNaddr must be the naddr of a market (kind 30019).', { relays, marketNaddr: 'naddr1x' }],
    [
      'marketNaddr must be the naddr of a market (kind 30019).',
      { relays, marketNaddr: npubEncode(MERCHANT.pubkey) },
    ],
    [
      'marketNaddr must be the naddr of a market (kind 30019).',
      {
        relays,
        marketNaddr: naddrEncode({ kind: 30017, pubkey: MERCHANT.pubkey, identifier: 'stall' }),
      },
    ],
    ['merchants must be a list of public keys, or null.', { relays, merchants: MERCHANT.pubkey }],
    [
      'merchants must name at least one merchant, or be null to show everyone.',
      { relays, merchants: [] },
    ],
    ['merchants.0 must be a public key of 64 hex characters.', { relays, merchants: ['ada'] }],
    ['network must be one of bitcoin, testnet, signet, regtest.', { relays, network: 'moon' }],
    [
      'rateUrl must be a web address such as https://lnbits.example.',
      { relays, rateUrl: 'lnbits' },
    ],
    [
      'nostrclientUrl must be a relay address such as wss://relay.example.',
      { relays, nostrclientUrl: 'https://lnbits.example' },
    ],
    ['embeddedMarket is missing, or not of the right kind.', { relays, embeddedMarket: 'yes' }],
    [
      'embeddedMarket.nwc is missing, or not of the right kind.',
      { relays, embeddedMarket: { merchants: [] } },
    ],
    [
      'embeddedMarket.merchants.0.secretKey must be 64 hex characters.',
      { relays, embeddedMarket: { nwc: 'x', merchants: [{ ...merchant, secretKey: 'nsec' }] } },
    ],
  ])('says: %s', async (reason, settings) => {
    expect(await reasonOf(settings)).toBe(reason)
  })
})

describe('where the configuration comes from', () => {
  it('is the build, with /config.json over it', async () => {
    vi.stubEnv('VITE_MARKET_RELAYS', 'wss://built.example, wss://second.example,')
    vi.stubEnv('VITE_MARKET_NAME', 'Built')
    vi.stubEnv('VITE_MARKET_MERCHANTS', MERCHANT.pubkey)
    vi.stubEnv('VITE_NETWORK', '')
    answer(JSON.stringify({ marketName: 'Served' }))
    expect(await loadConfig()).toMatchObject({
      value: {
        relays: ['wss://built.example', 'wss://second.example'],
        marketName: 'Served',
        merchants: [MERCHANT.pubkey],
        network: 'bitcoin',
      },
    })
  })

  it.each([
    ['with 404', '', 'text/plain', 404],
    ['with the page itself', '<!doctype html>', 'text/html; charset=utf-8', 200],
  ])('is the build alone where a server answers %s', async (_, body, type, status) => {
    vi.stubEnv('VITE_MARKET_RELAYS', RELAY)
    answer(body, type, status)
    expect(await loadConfig()).toMatchObject({ value: { relays } })
  })

  it('is read whatever type the server says', async () => {
    answer(JSON.stringify({ relays }), 'text/plain')
    expect(await loadConfig()).toMatchObject({ value: { relays } })
  })

  it.each([
    ['not JSON', '{ "relays": [', '/config.json is not valid JSON.'],
    ['a list', '[]', '/config.json must hold a JSON object.'],
    ['null', 'null', '/config.json must hold a JSON object.'],
  ])('is refused when the file is %s', async (_, body, reason) => {
    answer(body)
    expect(await loadConfig()).toEqual({ ok: false, reason })
  })

  it('is refused when the file cannot be had', async () => {
    answer('oops', 'text/plain', 500)
    expect(await loadConfig()).toMatchObject({
      reason: '/config.json could not be loaded: status 500.',
    })
    vi.stubGlobal('fetch', async () => {
      throw new TypeError('network')
    })
    expect(await loadConfig()).toMatchObject({
      reason: expect.stringContaining('Check the connection') as string,
    })
  })
})
