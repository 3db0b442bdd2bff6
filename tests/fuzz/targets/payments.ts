/** What wallets and invoices say: BOLT11, the connection text and answers of wallets, LNbits over HTTP. */
import { bech32 } from '@scure/base'
import type { OrderRef } from '@/domain/ids'
import { judgeInvoice } from '@/domain/invoiceJudgement'
import type { Sat } from '@/domain/money'
import { decodeInvoice } from '@/payments/bolt11'
import { createLnbitsIssuer } from '@/payments/lnbits'
import { createNwcPayer } from '@/payments/nwc'
import { nwcEncrypt } from '@/payments/nwcCrypto'
import { parseNwcUri } from '@/payments/nwcUri'
import { createLnbitsRateSource } from '@/payments/rates'
import type { RelayPool } from '@/protocol/relay'
import { hex64, T0, unsigned } from '../../factories/events'
import { bolt11, invoice } from '../../factories/invoices'
import { orderRef } from '../../factories/orders'
import { MERCHANT } from '../../factories/people'
import lnbits from '../../fixtures/nostrmarket/lnbits-http.json'
import vectors from '../../fixtures/vectors/bolt11.vectors.json'
import { mutateText } from '../mutate'
import type { Random } from '../random'
import { must, mustBePlain, mustBeResult, type Target } from '../target'

/** Changes the words below the checksum, so that the reader gets past it. */
function mutateInvoice(text: string, random: Random): string {
  const decoded = random.chance(0.7) ? bech32.decodeUnsafe(text.toLowerCase(), false) : undefined
  if (!decoded) return mutateText(text, random)
  const words = [...decoded.words]
  const at = random.below(words.length)
  const change = random.below(4)
  if (change === 0) words[at] = random.below(32)
  else if (change === 1) words.splice(at, 1 + random.below(6))
  else if (change === 2) words.splice(at, 0, ...words.slice(at, at + random.below(60)))
  else words.splice(at, 1, random.below(32), random.below(32))
  const prefix = random.chance(0.2) ? mutateText(decoded.prefix, random) : decoded.prefix
  try {
    return bech32.encode(prefix, words, false)
  } catch {
    return mutateText(text, random)
  }
}

const bolt11Target: Target = {
  name: 'bolt11',
  share: 15,
  samples: [bolt11(), ...vectors.valid.map((valid) => valid.invoice)],
  mutate: mutateInvoice,
  feed([input = '']) {
    const result = decodeInvoice(input)
    mustBeResult(result)
    const given = result.ok ? result.value : null
    if (given) {
      mustBePlain(given, 8_000)
      must(given.amountMsat === null || Number.isSafeInteger(given.amountMsat), 'No whole amount')
      must(given.expiresAt >= given.createdAt, 'An invoice expires before it was made')
      must(Number.isFinite(new Date(given.expiresAt * 1000).getTime()), 'A date cannot be shown')
    }
    const judgement = judgeInvoice({
      invoice: given,
      problem: result.ok ? null : result.reason,
      expected: { kind: 'exact', sat: 1100 as Sat },
      network: 'regtest',
      now: T0,
      consented: false,
    })
    const fits =
      given?.amountMsat === 1_100_000 && given.network === 'regtest' && given.expiresAt > T0 + 30
    must((judgement.verdict === 'payable') === fits, 'An invoice was judged wrongly')
  },
}

const SECRET = '05'.repeat(32)

const nwcUri: Target = {
  name: 'nwc uri',
  share: 40,
  samples: [
    `nostr+walletconnect://${MERCHANT.pubkey}?relay=wss%3A%2F%2Frelay.example&secret=${SECRET}&lud16=a@b.c`,
    `nostrwalletconnect:${MERCHANT.pubkey}?secret=${SECRET}&relay=ws://127.0.0.1:1&relay=x`,
  ],
  mutate: mutateText,
  feed([input = '']) {
    const result = parseNwcUri(input)
    mustBeResult(result)
    if (result.ok) {
      must(
        result.value.relays.every((relay) => /^wss?:/i.test(relay)),
        'A relay has a foreign scheme',
      )
    } else must(!result.reason.includes(SECRET), 'A refusal repeats the secret')
  },
}

/** A wallet that answers each request with the given text, encrypted as it should be. */
function walletThatSays(text: string): RelayPool {
  let answer: ((requestId: string) => void) | null = null
  return {
    urls: ['wss://wallet.example'],
    subscribe(filters, handlers) {
      const isAnswer = filters[0]?.kinds?.includes(23195) ?? false
      const content = isAnswer ? nwcEncrypt('nip04', SECRET, MERCHANT.pubkey, text) : text
      const deliver = (requestId: string) =>
        handlers.onEvent(
          unsigned({ kind: isAnswer ? 23195 : 13194, content, tags: [['e', requestId]] }),
          'wss://wallet.example',
        )
      if (isAnswer) answer = deliver
      else deliver('')
      queueMicrotask(() => handlers.onStored?.('wss://wallet.example'))
      return { close: () => undefined }
    },
    publish: async (event) => {
      answer?.(event.id)
      return []
    },
    states: () => [],
    onStates: () => () => undefined,
    close: () => undefined,
  }
}

const nwcAnswer: Target = {
  name: 'nwc answer',
  share: 1,
  samples: [
    JSON.stringify({ result_type: 'pay_invoice', error: null, result: { preimage: hex64(1) } }),
    JSON.stringify({ result_type: 'pay_invoice', error: { code: 'OTHER', message: 'no' } }),
    'pay_invoice get_balance',
  ],
  async feed([input = '']) {
    const payer = createNwcPayer({
      uri: `nostr+walletconnect://${MERCHANT.pubkey}?relay=ws://127.0.0.1:1&secret=${SECRET}`,
      pool: walletThatSays(input || ' '),
      now: () => T0,
      timeoutMs: 1_000,
    })
    const result = await payer.payInvoice(invoice())
    mustBeResult(result)
    must(!result.ok, 'A payment counts as proved without its preimage')
  },
}

const ORDER: OrderRef = orderRef()

const lnbitsAnswer: Target = {
  name: 'lnbits answer',
  share: 12,
  samples: [
    ...lnbits.http.map(({ response }) => JSON.stringify(response)),
    JSON.stringify({ status: 200, body: { rate: 1234.5, price: 1 } }),
  ],
  async feed([input = '']) {
    const { status, text } = answerOf(input)
    const answering = async () => new Response(text, { status })
    const access = { url: 'https://pay.example', fetch: answering, timeoutMs: 500 }
    const issuer = createLnbitsIssuer({ ...access, invoiceKey: 'k' })
    const request = { amount: 123 as Sat, memo: 'Order', expirySeconds: 60, order: ORDER }
    const results = [
      await issuer.describe(),
      await issuer.createInvoice(request),
      await issuer.lookupInvoice(hex64(1)),
      await createLnbitsRateSource(access).rateOf('EUR'),
    ]
    results.forEach(mustBeResult)
    const refused = results.flatMap((result) => (result.ok ? [] : [result.reason.message]))
    must(
      refused.every((message) => message !== '' && message.length < 1_500),
      'A problem of the wallet is not told in a few words',
    )
  },
}

/** The answer that an input describes; any other input is a body by itself. */
function answerOf(input: string): { status: number; text: string } {
  try {
    const { status, body } = JSON.parse(input) as { status?: unknown; body?: unknown }
    const code = Number.isInteger(status) ? Math.abs(Number(status)) % 600 : 200
    const text = typeof body === 'string' ? body : (JSON.stringify(body) ?? '')
    return { status: code < 200 || [204, 205, 304].includes(code) ? 200 : code, text }
  } catch {
    return { status: 200, text: input }
  }
}

export const PAYMENT_TARGETS: readonly Target[] = [bolt11Target, nwcUri, nwcAnswer, lnbitsAnswer]
