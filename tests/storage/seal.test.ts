/** Sealing: only the same key opens, only in the same place, and nothing of the text shows. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createSeal } from '@/storage/seal'
import { storageKeyOf } from '@/storage/storageKey'
import { CUSTOMER, STRANGER } from '../factories/people'

const seal = createSeal(storageKeyOf(CUSTOMER.secretKey).bytes)
const open = (name: string, sealed: string, by = seal) => {
  const opened = by.open(name, sealed)
  return opened.ok ? opened.value : null
}

describe('a sealed text', () => {
  it('comes back as it was, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (text, name) => {
        expect(open(name, seal.close(name, text))).toBe(
          new TextDecoder().decode(new TextEncoder().encode(text)),
        )
      }),
      { numRuns: 100 },
    )
  })

  it('is another one each time, and shows nothing', () => {
    const [one, two] = [seal.close('a', '7 Harbour Lane'), seal.close('a', '7 Harbour Lane')]
    expect(one).not.toBe(two)
    expect(atob(one)).not.toContain('Harbour')
  })

  it('may be long', () => {
    const text = 'é'.repeat(300_000)
    expect(open('a', seal.close('a', text))).toBe(text)
  })

  it('opens with its own key and in its own place alone', () => {
    const sealed = seal.close('here', 'text')
    expect(open('there', sealed)).toBeNull()
    expect(open('here', sealed, createSeal(storageKeyOf(STRANGER.secretKey).bytes))).toBeNull()
    expect(open('here', sealed)).toBe('text')
  })

  it('does not open once any byte of it was changed', () => {
    const sealed = seal.close('a', 'pay 100')
    const bytes = [...atob(sealed)]
    bytes.forEach((byte, at) => {
      const changed = [...bytes]
      changed[at] = String.fromCharCode(byte.charCodeAt(0) ^ 1)
      expect(open('a', btoa(changed.join('')))).toBeNull()
    })
    for (const text of ['', '*', sealed.slice(0, -4), sealed.slice(0, 12)]) {
      expect(open('a', text)).toBeNull()
    }
  })

  it('neither opens nor closes once the key is forgotten', () => {
    const short = createSeal(storageKeyOf(CUSTOMER.secretKey).bytes)
    const sealed = short.close('a', 'text')
    short.forget()
    expect(() => short.open('a', sealed)).toThrow('not in memory')
    expect(() => short.close('a', 'text')).toThrow('not in memory')
    expect(open('a', sealed)).toBe('text')
  })
})
