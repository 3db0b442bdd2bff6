/** Markets: a name, a look and merchants by public key. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Pubkey } from '@/domain/ids'
import { KIND } from '@/protocol/event'
import { decodeMarket, encodeMarket } from '@/protocol/market'
import { hex64, published, T0, unsigned } from '../factories/events'
import { CUSTOMER, MERCHANT } from '../factories/people'

const read = (content: object) => {
  const event = unsigned({
    kind: KIND.market,
    content: JSON.stringify(content),
    tags: [['d', 'bazaar']],
  })
  const decoded = decodeMarket(event)
  return decoded.ok ? decoded.value : null
}

describe('reads', () => {
  it('each merchant once, and nothing that is not a public key', () => {
    const merchants = [MERCHANT.pubkey, 'npub1x', MERCHANT.pubkey, null, CUSTOMER.pubkey]
    expect(read({ merchants })?.merchants).toEqual([MERCHANT.pubkey, CUSTOMER.pubkey])
  })

  it.each([{}, { ui: null }, { ui: 'dark' }, { ui: { theme: {} } }, { merchants: null }])(
    'a market with %j as one without it',
    (content) => {
      expect(read(content)).toMatchObject({
        ui: { picture: '', banner: '', theme: '' },
        merchants: [],
      })
    },
  )
})

it('writes what it reads', () => {
  const text = fc.string({ maxLength: 60 })
  const market = fc.record({
    id: text,
    name: text,
    about: text,
    merchants: fc.uniqueArray(
      fc.nat().map((n) => hex64(n) as Pubkey),
      { maxLength: 5 },
    ),
    ui: fc.record({ picture: text, banner: text, theme: text }),
  })
  fc.assert(
    fc.property(market, (given) => {
      expect(decodeMarket(published(encodeMarket(given, T0)))).toEqual({ ok: true, value: given })
    }),
  )
})
