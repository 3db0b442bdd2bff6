/** The envelope of a direct message: who writes to whom. */
import { describe, expect, it } from 'vitest'
import { openEnvelope, sealEnvelope } from '@/protocol/directMessage'
import { KIND } from '@/protocol/event'
import { published, T0, unsigned } from '../factories/events'
import { CUSTOMER, MERCHANT, STRANGER } from '../factories/people'

const CIPHERTEXT = 'AAAA?iv=BBBB'
const message = (tags: string[][], content = CIPHERTEXT, kind: number = KIND.directMessage) =>
  unsigned({ kind, pubkey: MERCHANT.pubkey, tags, content })

describe('opens', () => {
  it('what was sealed, from either side', () => {
    const event = published(sealEnvelope(CUSTOMER.pubkey, CIPHERTEXT, T0), MERCHANT.pubkey)
    const parties = { author: MERCHANT.pubkey, recipient: CUSTOMER.pubkey }
    expect(openEnvelope(event, CUSTOMER.pubkey)).toEqual({
      ok: true,
      value: { ...parties, peer: MERCHANT.pubkey, ciphertext: CIPHERTEXT },
    })
    expect(openEnvelope(event, MERCHANT.pubkey)).toMatchObject({ value: { peer: CUSTOMER.pubkey } })
  })

  it('for the first recipient only, as merchant software does', () => {
    const event = message([
      ['p', STRANGER.pubkey],
      ['p', CUSTOMER.pubkey],
    ])
    expect(openEnvelope(event, CUSTOMER.pubkey).ok).toBe(false)
  })
})

describe('refuses', () => {
  const toMe = [['p', CUSTOMER.pubkey]]
  it.each([
    ['another kind', message(toMe, CIPHERTEXT, 1)],
    ['no recipient', message([])],
    ['a recipient that is no key', message([['p', 'bob']])],
    ['a message between others', message([['p', STRANGER.pubkey]])],
    ['clear text', message(toMe, '{"type":1,"id":"a"}')],
    ['a modern ciphertext in the old envelope', message(toMe, 'AhashjHSFIUH==')],
    ['an empty message', message(toMe, '')],
  ])('%s', (_, event) => {
    expect(openEnvelope(event, CUSTOMER.pubkey)).toEqual({ ok: false, reason: expect.any(String) })
  })

  it('a message from a key to itself', () => {
    const event = message([['p', MERCHANT.pubkey]])
    expect(openEnvelope(event, MERCHANT.pubkey).ok).toBe(false)
  })
})
