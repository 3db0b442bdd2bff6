/** Paying over Nostr Wallet Connect: the dev wallet's service on the embedded relay, and wallets that lie. */
import { createHash, randomBytes } from 'node:crypto'
import { finalizeEvent, getPublicKey } from 'nostr-tools/pure'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import WebSocket from 'ws'
import type { DecodedInvoice } from '@/domain/invoice'
import { decodeInvoice } from '@/payments/bolt11'
import { createNwcPayer, type NwcPayerOptions } from '@/payments/nwc'
import { nwcDecrypt, nwcEncrypt, type NwcEncryption } from '@/payments/nwcCrypto'
import { parseNwcUri } from '@/payments/nwcUri'
import { tagValue, type VerifiedEvent } from '@/protocol/event'
import { verifyEvent } from '@/protocol/verifyEvent'
import type { RelayPool } from '@/protocol/relay'
import { createRelayPool } from '@/relays/pool'
import { createInlineVerifier } from '@/relays/inlineVerifier'
import { startRelay, type RunningRelay } from '../../dev/relay/relay'
import { encodeInvoice } from '../../dev/wallet/bolt11Encoder'
import { startDevWallet, type DevWallet } from '../../dev/wallet/wallet'

const cleanUps: (() => unknown)[] = []
let relay: RunningRelay

beforeEach(async () => {
  relay = await startRelay()
  cleanUps.push(() => relay.close())
})
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
})

function newPool(urls: readonly string[] = [relay.url]): RelayPool {
  const pool = createRelayPool({ urls, verifier: createInlineVerifier(), WebSocket })
  cleanUps.push(() => pool.close())
  return pool
}

const payer = (uri: string, options: Partial<NwcPayerOptions> = {}) =>
  createNwcPayer({ uri, pool: newPool(), timeoutMs: 10_000, infoTimeoutMs: 5_000, ...options })

function decoded(bolt11: string): DecodedInvoice {
  const invoice = decodeInvoice(bolt11)
  if (!invoice.ok) throw new Error(invoice.reason)
  return invoice.value
}

describe('with the dev wallet', () => {
  let wallet: DevWallet
  beforeEach(async () => {
    wallet = await startDevWallet({ relayUrl: relay.url })
    cleanUps.push(() => wallet.close())
    wallet.createWallet('merchant')
  })
  const invoice = (amountMsat = 21_000, expirySeconds = 600) => {
    const { id } = wallet.createWallet('merchant')
    return decoded(wallet.ledger.createInvoice(id, { amountMsat, memo: '', expirySeconds }).bolt11)
  }

  it('pays, and the merchant is paid', async () => {
    const asked = invoice()
    const paid = await payer(wallet.nwcUri('customer')).payInvoice(asked)
    const preimage = (paid.ok && paid.value.preimage) || ''
    const hash = createHash('sha256').update(Buffer.from(preimage, 'hex')).digest('hex')
    expect(hash).toBe(asked.paymentHash)
    expect(wallet.ledger.find(asked.paymentHash)?.state).toBe('success')
    expect(wallet.ledger.wallet(wallet.createWallet('merchant').id)?.balanceMsat).toBe(21_000)
  })

  it('pays an invoice only once, however often it is asked', async () => {
    const asked = invoice()
    const paying = payer(wallet.nwcUri('customer'))
    const first = await paying.payInvoice(asked)
    expect(await paying.payInvoice(asked)).toEqual(first)
    expect(wallet.ledger.wallet(wallet.createWallet('merchant').id)?.balanceMsat).toBe(21_000)
  })

  it('keeps its connections when it is started again', async () => {
    const uri = wallet.nwcUri('customer')
    await wallet.close()
    cleanUps.pop()
    wallet = await startDevWallet({ relayUrl: relay.url })
    cleanUps.push(() => wallet.close())
    wallet.createWallet('merchant')
    expect(wallet.nwcUri('customer')).toBe(uri)
    expect(await payer(uri).payInvoice(invoice())).toMatchObject({ ok: true })
  })

  it.each<[string, () => Promise<unknown>, string, RegExp]>([
    [
      'too little money',
      () => {
        wallet.createWallet('poor', 1)
        return payer(wallet.nwcUri('poor')).payInvoice(invoice())
      },
      'insufficient-balance',
      /Top it up/,
    ],
    [
      'a connection that it does not know',
      () =>
        payer(
          wallet.nwcUri('customer').replace(/secret=.*/, `secret=${'7'.repeat(64)}`),
        ).payInvoice(invoice()),
      'wrong-key',
      /Make a new one/,
    ],
    [
      'an invoice of another node',
      () => payer(wallet.nwcUri('customer')).payInvoice(strangeInvoice()),
      'refused',
      /only this market/,
    ],
    [
      'an expired invoice',
      () => payer(wallet.nwcUri('customer')).payInvoice(invoice(1_000, 0)),
      'refused',
      /expired/,
    ],
  ])('explains %s', async (_name, pay, code, words) => {
    expect(await pay()).toMatchObject({
      ok: false,
      reason: { code, message: expect.stringMatching(words) },
    })
  })
})

const preimage = randomBytes(32)
const startedAt = Math.floor(Date.now() / 1000)
const strangeInvoice = (amountMsat: number | null = 5_000) =>
  decoded(
    encodeInvoice({
      network: 'regtest',
      amountMsat,
      paymentHash: createHash('sha256').update(preimage).digest('hex'),
      createdAt: startedAt,
      nodeKey: '8'.repeat(64),
    }),
  )

const WALLET_SECRET = '1'.repeat(64)
const CLIENT_SECRET = '2'.repeat(64)
const WALLET_PUBKEY = getPublicKey(Buffer.from(WALLET_SECRET, 'hex'))
const CLIENT_PUBKEY = getPublicKey(Buffer.from(CLIENT_SECRET, 'hex'))
const uriOf = (url: string) =>
  `nostr+walletconnect://${WALLET_PUBKEY}?relay=${encodeURIComponent(url)}&secret=${CLIENT_SECRET}`

interface Reply {
  readonly body: unknown
  readonly encryption?: NwcEncryption
  readonly content?: string
  readonly signedBy?: string
  readonly forRequest?: string
}

/** A wallet that answers every request with prepared replies. */
async function scriptedWallet(
  replies: readonly Reply[],
  info?: { content: string; tags: string[][] },
) {
  const pool = newPool()
  const requests: VerifiedEvent[] = []
  const publish = (kind: number, tags: string[][], content: string, secret = WALLET_SECRET) => {
    const template = { kind, tags, content, created_at: Math.floor(Date.now() / 1000) }
    const event = verifyEvent(finalizeEvent(template, Buffer.from(secret, 'hex')))
    if (!event.ok) throw new Error(event.reason)
    return pool.publish(event.value)
  }
  if (info) await publish(13194, info.tags, info.content)
  await new Promise<void>((resolve) =>
    pool.subscribe([{ kinds: [23194], '#p': [WALLET_PUBKEY] }], {
      onStored: () => resolve(),
      async onEvent(request) {
        requests.push(request)
        for (const { body, encryption = 'nip44_v2', content, signedBy, forRequest } of replies) {
          const text = nwcEncrypt(
            encryption,
            signedBy ?? WALLET_SECRET,
            CLIENT_PUBKEY,
            JSON.stringify(body),
          )
          const tags = [
            ['p', CLIENT_PUBKEY],
            ['e', forRequest ?? request.id],
          ]
          await publish(23195, tags, content ?? text, signedBy)
        }
      },
    }),
  )
  return requests
}

const paidReply = (hex = preimage.toString('hex')): Reply => ({
  body: { result_type: 'pay_invoice', error: null, result: { preimage: hex } },
})
const proved = { ok: true, value: { preimage: preimage.toString('hex') } }
const NIP44 = { content: 'pay_invoice get_balance', tags: [['encryption', 'nip44_v2 nip04']] }

describe('the request', () => {
  it('is encrypted with NIP-44 and says so where the wallet offers it', async () => {
    const requests = await scriptedWallet([paidReply()], NIP44)
    expect(await payer(uriOf(relay.url)).payInvoice(strangeInvoice())).toEqual(proved)
    const [request] = requests
    expect(request!.pubkey).toBe(CLIENT_PUBKEY)
    expect(tagValue(request!, 'encryption')).toBe('nip44_v2')
    expect(request!.content).not.toContain('?iv=')
    expect(Number(tagValue(request!, 'expiration'))).toBeGreaterThan(request!.created_at)
    const text = nwcDecrypt(WALLET_SECRET, CLIENT_PUBKEY, request!.content)
    expect(JSON.parse((text.ok && text.value) || '')).toEqual({
      method: 'pay_invoice',
      params: { invoice: strangeInvoice().bolt11 },
    })
  })

  it.each([
    ['an info event without encryption', { content: 'pay_invoice', tags: [] }],
    [
      'an info event that offers NIP-04 alone',
      { content: 'pay_invoice', tags: [['encryption', 'nip04']] },
    ],
    ['no info event', undefined],
  ])('is encrypted with NIP-04 after %s', async (_name, info) => {
    const requests = await scriptedWallet([{ ...paidReply(), encryption: 'nip04' }], info)
    expect(await payer(uriOf(relay.url)).payInvoice(strangeInvoice())).toEqual(proved)
    expect(requests[0]!.content).toContain('?iv=')
    expect(tagValue(requests[0]!, 'encryption')).toBeUndefined()
  })

  it('is not sent to a wallet that does not pay', async () => {
    const requests = await scriptedWallet([paidReply()], { content: 'get_balance', tags: [] })
    const result = await payer(uriOf(relay.url)).payInvoice(strangeInvoice())
    expect(result).toMatchObject({ ok: false, reason: { code: 'refused' } })
    expect(requests).toEqual([])
  })

  it('is not sent for an open amount or over a broken connection text', async () => {
    const requests = await scriptedWallet([paidReply()], NIP44)
    const open = await payer(uriOf(relay.url)).payInvoice(strangeInvoice(null))
    expect(open).toMatchObject({ ok: false, reason: { code: 'refused' } })
    const broken = await payer('nostr+walletconnect://abc').payInvoice(strangeInvoice())
    expect(broken).toMatchObject({ ok: false, reason: { code: 'wrong-key' } })
    expect(requests).toEqual([])
  })
})

describe('the answer', () => {
  it.each([
    ['INSUFFICIENT_BALANCE', 'insufficient-balance', true],
    ['QUOTA_EXCEEDED', 'refused', true],
    ['RATE_LIMITED', 'rate-limited', true],
    ['UNAUTHORIZED', 'wrong-key', false],
    ['RESTRICTED', 'needs-other-key', false],
    ['NOT_IMPLEMENTED', 'refused', false],
    ['UNSUPPORTED_ENCRYPTION', 'refused', false],
    ['PAYMENT_FAILED', 'refused', true],
    ['INTERNAL', 'server-error', true],
    ['OTHER', 'refused', false],
    ['constructor', 'refused', false],
  ])('%s is explained', async (code, expected, retryable) => {
    const error = { code, message: 'in its own words' }
    await scriptedWallet([{ body: { result_type: 'pay_invoice', error, result: null } }], NIP44)
    const result = await payer(uriOf(relay.url)).payInvoice(strangeInvoice())
    expect(result).toMatchObject({ ok: false, reason: { code: expected, retryable } })
    expect(!result.ok && result.reason.message).toMatch(/\. It said: "in its own words"\.$/)
  })

  it.each<[string, Reply]>([
    ['a preimage of another payment', paidReply('9'.repeat(64))],
    ['a preimage that is none', paidReply('paid')],
    ['neither result nor error', { body: { result_type: 'pay_invoice' } }],
    ['another command', { body: { result_type: 'get_balance', result: { balance: 1 } } }],
    ['a list', { body: [] }],
    ['nothing readable', { body: null, content: 'hello' }],
  ])('%s is no proof', async (_name, reply) => {
    await scriptedWallet([reply], NIP44)
    const result = await payer(uriOf(relay.url)).payInvoice(strangeInvoice())
    expect(result).toMatchObject({ ok: false, reason: { code: 'bad-answer' } })
  })

  it('of somebody else or for another request is passed over', async () => {
    await scriptedWallet(
      [
        { ...paidReply('9'.repeat(64)), signedBy: '3'.repeat(64) },
        { ...paidReply('9'.repeat(64)), forRequest: '4'.repeat(64) },
        paidReply(),
      ],
      NIP44,
    )
    expect(await payer(uriOf(relay.url)).payInvoice(strangeInvoice())).toEqual(proved)
  })

  it('that never comes is said to be open', async () => {
    await scriptedWallet([], NIP44)
    const result = await payer(uriOf(relay.url), { timeoutMs: 500 }).payInvoice(strangeInvoice())
    expect(result).toMatchObject({ ok: false, reason: { code: 'timed-out' } })
    expect(!result.ok && result.reason.message).toMatch(/may still pay/)
  })
})

describe('a relay in the way', () => {
  it('that refuses the request is named, and nothing was paid', async () => {
    const requests = await scriptedWallet([paidReply()], NIP44)
    relay.setFaults({ refuse: (event) => (event.kind === 23194 ? 'blocked: not here' : null) })
    const result = await payer(uriOf(relay.url)).payInvoice(strangeInvoice())
    expect(result).toMatchObject({ ok: false, reason: { code: 'unreachable' } })
    expect(!result.ok && result.reason.message).toMatch(/blocked: not here/)
    expect(requests).toEqual([])
  })

  it('that confirms nothing does not matter when the wallet answers', async () => {
    await scriptedWallet([paidReply()], NIP44)
    relay.setFaults({ mute: 'ok' })
    expect(await payer(uriOf(relay.url)).payInvoice(strangeInvoice())).toEqual(proved)
  })

  it('that is not there ends in words', async () => {
    const pool = newPool(['ws://127.0.0.1:1'])
    const options = { pool, infoTimeoutMs: 200, timeoutMs: 1_500 }
    const result = await payer(uriOf('ws://127.0.0.1:1'), options).payInvoice(strangeInvoice())
    expect(result).toMatchObject({ ok: false, reason: { retryable: true } })
  })
})

describe('parseNwcUri', () => {
  const secret = 'a'.repeat(64)
  const key = 'b'.repeat(64)

  it('reads key, relays and secret', () => {
    const query = `relay=wss%3A%2F%2Fone.example&relay=wss://two.example/path&secret=${secret}&lud16=x@y.z`
    for (const start of [
      'nostr+walletconnect://',
      'nostr+walletconnect:',
      ' NOSTRWALLETCONNECT://',
    ]) {
      expect(parseNwcUri(`${start}${key}?${query}`)).toEqual({
        ok: true,
        value: {
          walletPubkey: key,
          relays: ['wss://one.example', 'wss://two.example/path'],
          secret,
        },
      })
    }
  })

  it.each([
    ['nothing', ''],
    ['another link', `https://${key}?relay=wss://x.example&secret=${secret}`],
    ['a short key', `nostr+walletconnect://abc?relay=wss://x.example&secret=${secret}`],
    ['no secret', `nostr+walletconnect://${key}?relay=wss://x.example`],
    [
      'a short secret',
      `nostr+walletconnect://${key}?relay=wss://x.example&secret=${secret.slice(1)}`,
    ],
    ['no relay', `nostr+walletconnect://${key}?secret=${secret}`],
    [
      'a relay that is none',
      `nostr+walletconnect://${key}?relay=https://x.example&secret=${secret}`,
    ],
  ])('refuses %s without repeating the secret', (_name, uri) => {
    const result = parseNwcUri(uri)
    expect(result.ok).toBe(false)
    expect(!result.ok && result.reason).not.toContain(secret.slice(1))
  })
})
