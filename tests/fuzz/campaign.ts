/** Sends mutated inputs to targets, counts, and keeps what fails with the smallest form of it. */
import process from 'node:process'
import { mutate } from './mutate'
import { createRandom } from './random'
import { smallest } from './smallest'
import { must, mustBeUnpolluted, type Target } from './target'

export interface Failure {
  readonly target: string
  readonly seed: number
  /** Which batch of this target it was. */
  readonly batch: number
  readonly error: string
  /** As few and as short inputs as still fail. */
  readonly inputs: readonly string[]
}

export interface Outcome {
  /** How many inputs each target got. */
  readonly perTarget: Readonly<Record<string, number>>
  readonly failures: readonly Failure[]
}

export interface CampaignOptions {
  readonly inputs: number
  readonly seed: number
  /** Told before each batch, so that a watchdog can say where it hangs. */
  readonly onBatch?: (target: string, batch: number) => void
  readonly onProgress?: (done: number, failures: number) => void
  readonly onFailure?: (failure: Failure) => void
}

/** An input that keeps the processor busy for longer, in milliseconds, counts as a failure. */
const MAX_MS = 2_000
/** Longer inputs only take longer: the largest text that anything reads is shorter. */
const MAX_LENGTH = 600_000
/** After so many failures of one target the rest of its share would say nothing new. */
const MAX_FAILURES = 10

/** The inputs of one batch: the same for the same target, seed and number. */
export function inputsOf(target: Target, seed: number, batch: number): string[] {
  const random = createRandom(Math.imul(seed, 7_919) + batch * 31 + target.name.length * 104_729)
  const change = target.mutate ?? mutate
  return Array.from({ length: target.batch ?? 1 }, () =>
    change(random.pick(target.samples), random).slice(0, MAX_LENGTH),
  )
}

/** Milliseconds of work of this process: other work of the machine does not count. */
function busyMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1_000
}

/** Feeds inputs and returns what went wrong, or null. */
export async function tryInputs(target: Target, inputs: readonly string[]): Promise<string | null> {
  const start = busyMs()
  try {
    const fed = target.feed(inputs)
    if (fed) await fed
    mustBeUnpolluted()
    const took = busyMs() - start
    must(took <= MAX_MS * Math.max(1, inputs.length / 50), `It took ${Math.round(took)} ms`)
    return null
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message).slice(0, 2_000) : String(error)
  }
}

async function examine(target: Target, seed: number, batch: number): Promise<Failure | null> {
  const inputs = inputsOf(target, seed, batch)
  const error = await tryInputs(target, inputs)
  if (error === null) return null
  const fails = async (fewer: readonly string[]) => (await tryInputs(target, fewer)) !== null
  return { target: target.name, seed, batch, error, inputs: await smallest(inputs, fails) }
}

/** How many inputs each target gets of a campaign: its share, and one batch at least. */
export function divide(targets: readonly Target[], inputs: number): Map<Target, number> {
  const all = targets.reduce((sum, { share }) => sum + share, 0)
  return new Map(
    targets.map((target) => {
      const batch = target.batch ?? 1
      return [target, Math.max(1, Math.round((inputs * target.share) / all / batch)) * batch]
    }),
  )
}

/** Runs a campaign; the same options give the same inputs. */
export async function runCampaign(
  targets: readonly Target[],
  options: CampaignOptions,
): Promise<Outcome> {
  const failures: Failure[] = []
  const perTarget: Record<string, number> = {}
  let done = 0
  for (const [target, inputs] of divide(targets, options.inputs)) {
    const size = target.batch ?? 1
    let failed = 0
    perTarget[target.name] = 0
    for (let batch = 0; batch * size < inputs && failed < MAX_FAILURES; batch++) {
      options.onBatch?.(target.name, batch)
      const failure = await examine(target, options.seed, batch)
      perTarget[target.name]! += size
      done += size
      options.onProgress?.(done, failures.length)
      if (!failure) continue
      failed += 1
      failures.push(failure)
      options.onFailure?.(failure)
    }
  }
  return { perTarget, failures }
}
