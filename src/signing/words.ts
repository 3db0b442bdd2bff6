/** A secret key as a list of words (NIP-06, BIP-39): 12 or 24, sometimes a number between. */
import { fail, ok, type Result } from '@/domain/result'
import { doKeyWork } from './keyWork'
import { publicKeyOf } from './localKey'

const COUNTS = [12, 15, 18, 21, 24]
/** People copy lists with their numbers, commas and line breaks. */
const BETWEEN = /[\s,;]+|\b\d{1,2}[.)]?(?=\s|$)/u

/** The words with single spaces, or what is wrong with them at first sight. */
export function readWords(text: string): Result<string> {
  const words = text.slice(0, 1000).normalize('NFKD').toLowerCase().split(BETWEEN).filter(Boolean)
  if (!COUNTS.includes(words.length)) {
    return fail(
      `These are ${words.length} words. A list of words for a key has 12 or 24: check that it is complete.`,
    )
  }
  const odd = words.find((word) => !/^[a-z]{3,8}$/.test(word))
  return odd === undefined
    ? ok(words.join(' '))
    : fail(`“${odd.slice(0, 20)}” is not one of the English words that keys are written with.`)
}

/** The first key that the words stand for (account 0), or why they stand for none. */
export async function openWords(words: string): Promise<Result<Uint8Array>> {
  const opened = await doKeyWork({ type: 'from-words', words })
  if (!opened.ok) return opened
  if (!(opened.value instanceof Uint8Array))
    return fail('These words could not be read. Try again.')
  publicKeyOf(opened.value)
  return ok(opened.value)
}
