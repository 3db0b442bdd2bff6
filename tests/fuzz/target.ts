/** What is fuzzed: something that takes inputs, with good ones to start from. */
import type { Random } from './random'

export interface Target {
  readonly name: string
  /** Of a thousand inputs of a campaign, about so many are for this target. */
  readonly share: number
  /** Good inputs: what is sent comes from one of them by mutation. */
  readonly samples: readonly string[]
  /** Inputs that are fed together; one by default. */
  readonly batch?: number
  /** Makes a bad input of a good one, where the usual way would not get far. */
  readonly mutate?: (sample: string, random: Random) => string
  /** Takes inputs and throws an error for everything that must not happen. */
  readonly feed: (inputs: readonly string[]) => void | Promise<void>
}

/** Fails with a sentence unless the condition holds. */
export function must(condition: boolean, sentence: string): asserts condition {
  if (!condition) throw new Error(sentence)
}

/** Whatever reads the outside world answers with a result and a reason in words. */
export function mustBeResult(result: unknown): void {
  must(typeof result === 'object' && result !== null && 'ok' in result, 'The answer is no result')
  if (result.ok === true) return must('value' in result, 'A good result has no value')
  must(result.ok === false && 'reason' in result, 'A refusal has no reason')
  const words = result.reason
  const told = typeof words === 'string' ? words.length > 0 && words.length <= 1000 : words !== null
  must(told, 'A refusal has no reason in words, or endless words')
}

/** Fails when a text of more than so many characters got through, or an object of someone else. */
export function mustBePlain(value: unknown, maxText: number): void {
  if (typeof value === 'string') return must(value.length <= maxText, 'A text is too long')
  if (typeof value === 'number') return must(Number.isFinite(value), 'A number is not finite')
  if (typeof value !== 'object' || value === null) return
  const prototype: unknown = Object.getPrototypeOf(value)
  must(
    prototype === Object.prototype || prototype === Array.prototype || prototype === null,
    'An object has a foreign prototype',
  )
  for (const item of Object.values(value)) mustBePlain(item, maxText)
}

const CLEAN = Object.getOwnPropertyNames(Object.prototype).length
const CLEAN_LIST = Object.getOwnPropertyNames(Array.prototype).length

/** Fails when an input has left something on the objects that all others inherit from. */
export function mustBeUnpolluted(): void {
  must(!('polluted' in {}), 'Object.prototype was polluted')
  must(
    Object.getOwnPropertyNames(Object.prototype).length === CLEAN &&
      Object.getOwnPropertyNames(Array.prototype).length === CLEAN_LIST,
    'A prototype was changed',
  )
}
