/** Keys are shown as NIP-19 writes them. */
import { npubEncode } from 'nostr-tools/nip19'
import { describe, expect, it } from 'vitest'
import { npubOf, shortNpub } from '@/components/ui/npub'
import { CUSTOMER, MERCHANT } from '../../factories/people'

describe('npub', () => {
  it.each([CUSTOMER.pubkey, MERCHANT.pubkey])('writes %s as another implementation does', (key) => {
    expect(npubOf(key)).toBe(npubEncode(key))
  })

  it('keeps both ends when shortened', () => {
    const npub = npubOf(MERCHANT.pubkey)
    const [start, end] = shortNpub(MERCHANT.pubkey).split('…')
    expect(npub.startsWith(start!)).toBe(true)
    expect(npub.endsWith(end!)).toBe(true)
  })
})
