/** Puts what a key holder throws into the closed list of problems, in plain words. */
import { fail } from '@/domain/result'
import type { SignerProblem } from '@/protocol/signer'

/** What a call was for, in words that follow "could not". */
export type SignerTask = 'sign' | 'encrypt' | 'decrypt' | 'tell the public key' | 'connect'

const DECLINED =
  /\b(declin|den[iy]|reject|refus|cancel|abort|clos|not allowed|no permission|unauthori|not authori)/i
const LOCKED = /\b(lock|unlock|password|log in|not logged)/i

/** A problem that whoever asks the holder has found out by itself, in final words. */
export class SignerTrouble extends Error {
  constructor(
    readonly code: SignerProblem['code'],
    message: string,
  ) {
    super(message)
  }
}

/** The text of anything thrown: extensions throw errors, plain objects and bare strings. */
function wordsOf(error: unknown): string {
  if (typeof error === 'string') return error
  if (typeof error !== 'object' || error === null) return ''
  const { message } = error as { message?: unknown }
  return typeof message === 'string' ? message : ''
}

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** A refused result with this problem; the message becomes a sentence. */
export const problem = (code: SignerProblem['code'], message: string) =>
  fail<SignerProblem>({ code, message: sentence(message) })

/** The refused result of a call that threw. */
export function thrownProblem(error: unknown, task: SignerTask, holder: string) {
  if (error instanceof SignerTrouble) return problem(error.code, error.message)
  const words = wordsOf(error).slice(0, 200)
  if (LOCKED.test(words)) {
    return problem('locked', `${holder} is locked. Unlock it and try again.`)
  }
  if (DECLINED.test(words)) {
    return problem(
      'declined',
      `You declined in ${holder}. Nothing was done; try again when you are ready.`,
    )
  }
  if (task === 'decrypt') {
    return problem('wrong-answer', 'This message cannot be read with your key.')
  }
  const detail = words ? ` (${words})` : ''
  return problem(
    'unavailable',
    `${holder} could not ${task}${detail}. Reload the page or try again.`,
  )
}
