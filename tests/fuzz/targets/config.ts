/** The configuration file: whoever sets up a market may write anything into it. */
import { parseConfig } from '@/config'
import { MERCHANT } from '../../factories/people'
import { must, mustBeResult, type Target } from '../target'

const FULL = {
  relays: ['wss://relay.example', 'ws://127.0.0.1:7777'],
  marketName: 'Souk',
  marketNaddr: null,
  merchants: [MERCHANT.pubkey],
  network: 'regtest',
  rateUrl: 'https://lnbits.example',
  nostrclientUrl: null,
  embeddedMarket: {
    nwc: 'nostr+walletconnect://x',
    merchants: [
      {
        name: 'Mina',
        secretKey: '01'.repeat(32),
        lnbitsUrl: 'https://lnbits.example',
        invoiceKey: 'key',
      },
    ],
  },
}

const NADDR =
  'naddr1qqjrqd3kv4jrgdpsx5ur2wfkxgkkgwfjvgkkydrrvckkzc3ex5kkxdf4vgcrjvnzx5cqygzaua2d2vzz02n9w2dm4kzysfwcqy3mgrhsswfj2pvt8ynqkq8wxyjqyqxrqvpqqq9yxgmlmrh'

export const configTarget: Target = {
  name: 'config',
  share: 20,
  samples: [
    JSON.stringify(FULL),
    JSON.stringify({ relays: ['wss://relay.example'], marketNaddr: NADDR }),
  ],
  async feed([input = '']) {
    let settings: unknown
    try {
      settings = JSON.parse(input)
    } catch {
      return
    }
    if (typeof settings !== 'object' || settings === null || Array.isArray(settings)) return
    const result = await parseConfig(settings as Record<string, unknown>)
    mustBeResult(result)
    if (!result.ok) return
    const { relays, merchants } = result.value
    must(relays.length > 0 && relays.every((url) => /^wss?:\/\//.test(url)), 'No relay to use')
    must(merchants === null || merchants.length > 0, 'Nobody is shown')
  },
}
