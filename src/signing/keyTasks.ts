/** Work on keys that takes a second or more by design: scrypt for passwords, PBKDF2 for words. */
import { fail, ok, type Result } from '@/domain/result'

export type KeyTask =
  | { readonly type: 'encrypt'; readonly secretKey: Uint8Array; readonly password: string }
  | { readonly type: 'decrypt'; readonly ncryptsec: string; readonly password: string }
  | { readonly type: 'from-words'; readonly words: string }

/** An ncryptsec for `encrypt`, otherwise the bytes of a secret key. */
export type KeyTaskResult = Result<string | Uint8Array>

/** 2^16 rounds: about a quarter of a second and 64 MB. */
const LOG_N = 16

async function decrypt(ncryptsec: string, password: string): Promise<KeyTaskResult> {
  const nip49 = await import('nostr-tools/nip49')
  try {
    return ok(nip49.decrypt(ncryptsec, password))
  } catch {
    return fail('The password does not fit this key.')
  }
}

async function fromWords(words: string): Promise<KeyTaskResult> {
  const { privateKeyFromSeedWords, validateWords } = await import('nostr-tools/nip06')
  if (validateWords(words)) return ok(privateKeyFromSeedWords(words))
  return fail(
    'These words do not fit together: one is misspelt, missing or in another place. Compare them with your note, in order.',
  )
}

/** Does the work on the thread that calls. A refusal is a sentence for a person. */
export async function runKeyTask(task: KeyTask): Promise<KeyTaskResult> {
  if (task.type === 'decrypt') return decrypt(task.ncryptsec, task.password)
  if (task.type === 'from-words') return fromWords(task.words)
  const { encrypt } = await import('nostr-tools/nip49')
  return ok(encrypt(task.secretKey, task.password, LOG_N))
}
