/** Keys as words: the vectors of NIP-06, and lists that were copied badly. */
import { bytesToHex } from '@noble/hashes/utils.js'
import { nip19 } from 'nostr-tools'
import { describe, expect, it } from 'vitest'
import { parsePastedKey } from '@/signing/nsec'
import { publicKeyOf } from '@/signing/localKey'
import { openWords, readWords } from '@/signing/words'
import { vectors } from '../fixtures/vectors/nip06.vectors.json'
import { valueOf } from './contract'

const [short, long] = vectors
const mnemonic = short!.mnemonic

describe('NIP-06, official vectors', () => {
  it('has them all', () => expect(vectors).toHaveLength(2))

  it.each(vectors)('$npub', async ({ mnemonic: words, secret, nsec, pubkey, npub }) => {
    const pasted = valueOf(parsePastedKey(words))
    if (pasted.form !== 'words') throw new Error(`Taken for ${pasted.form}`)
    const key = valueOf(await openWords(pasted.words))
    expect(bytesToHex(key)).toBe(secret)
    expect(nip19.nsecEncode(key)).toBe(nsec)
    expect(publicKeyOf(key)).toBe(pubkey)
    expect(nip19.npubEncode(pubkey)).toBe(npub)
  })
})

describe('a list of words', () => {
  const words = mnemonic.split(' ')
  const numbered = words.map((word, i) => `${i + 1}. ${word}`)

  it.each([
    ['in capitals', mnemonic.toUpperCase()],
    ['one a line', words.join('\n')],
    ['with commas', words.join(', ')],
    ['with numbers', numbered.join('\n')],
    ['with spaces around', `  ${words.join('   ')} \n`],
  ])('is read %s', (_how, text) => {
    expect(parsePastedKey(text)).toEqual({ ok: true, value: { form: 'words', words: mnemonic } })
  })

  it.each([
    ['a word is missing', words.slice(1).join(' '), /These are 11 words.*12 or 24/],
    ['a word is too many', `${long!.mnemonic} abandon`, /These are 25 words/],
    ['a word is of another alphabet', mnemonic.replace('cannon', 'пушка'), /“пушка” is not one/],
    ['a word has a digit', mnemonic.replace('cannon', 'cann0n'), /“cann0n” is not one/],
  ])('is refused with the reason when %s', (_what, text, reason) => {
    const read = readWords(text)
    expect(read).toEqual({ ok: false, reason: expect.stringMatching(reason) })
    expect(parsePastedKey(text)).toEqual(read)
  })

  it.each([
    ['two words changed places', [words[1], words[0], ...words.slice(2)].join(' ')],
    ['a word is another one', mnemonic.replace('cannon', 'canoe')],
    ['a word is misspelt', mnemonic.replace('cannon', 'canon')],
  ])('is refused by its checksum when %s', async (_what, text) => {
    expect(await openWords(valueOf(readWords(text)))).toEqual({
      ok: false,
      reason: expect.stringContaining('do not fit together'),
    })
  })
})
