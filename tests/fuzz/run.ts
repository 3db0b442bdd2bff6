/**
 * `npm run fuzz`: a campaign with progress, one line of figures at the end, and failures in a folder.
 *
 *   npm run fuzz -- --inputs 1000000 --seed 1 [--only stall,product] [--out test-results/fuzz]
 *   npm run fuzz -- --replay test-results/fuzz/stall-1-17.json
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { parseArgs } from 'node:util'
import { Worker } from 'node:worker_threads'
import { inputsOf, runCampaign, tryInputs, type Failure } from './campaign'
import { TARGETS } from './targets/all'

/** A batch that takes longer than this is taken for endless. */
const HANG_SECONDS = 300
const PROGRESS_MS = 5_000

const { values: flags } = parseArgs({
  options: {
    inputs: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string' },
    out: { type: 'string', default: 'test-results/fuzz' },
    replay: { type: 'string' },
  },
})

const NAMES = TARGETS.map(({ name }) => name)

function startWatchdog(folder: string, seed: number): Int32Array {
  const state = new SharedArrayBuffer(12)
  new Worker(new URL('./watchdog.mjs', import.meta.url), {
    workerData: { state, names: NAMES, folder, seed, seconds: HANG_SECONDS },
  }).unref()
  return new Int32Array(state)
}

function keep(folder: string, failure: Failure): void {
  const name = `${failure.target.replaceAll(' ', '-')}-${failure.seed}-${failure.batch}.json`
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, name), JSON.stringify(failure, null, 1))
  console.error(`FAILED ${name}: ${failure.error.split('\n')[0]}`)
}

async function campaign(inputs: number, seed: number, folder: string): Promise<number> {
  const only = flags.only?.split(',')
  const targets = TARGETS.filter(({ name }) => !only || only.includes(name))
  if (targets.length === 0)
    throw new Error(`No target of this name; there are: ${NAMES.join(', ')}`)
  const state = startWatchdog(folder, seed)
  const start = performance.now()
  const seconds = () => Math.round((performance.now() - start) / 100) / 10
  let told = start
  let current = ''
  const { perTarget, failures } = await runCampaign(targets, {
    inputs,
    seed,
    onBatch(target, batch) {
      current = target
      state.set([NAMES.indexOf(target), batch, (state[2] ?? 0) + 1])
    },
    onProgress(done, failed) {
      if (performance.now() - told < PROGRESS_MS) return
      told = performance.now()
      console.error(`${done} of ${inputs} inputs, ${failed} failures, ${seconds()} s: ${current}`)
    },
    onFailure: (failure) => keep(folder, failure),
  })
  const total = Object.values(perTarget).reduce((sum, count) => sum + count, 0)
  const figures = { program: 'fuzz', inputs: total, seed, failures: failures.length }
  console.log(JSON.stringify({ ...figures, seconds: seconds(), perTarget }))
  return failures.length
}

async function replay(file: string): Promise<number> {
  const failure = JSON.parse(readFileSync(file, 'utf8')) as Failure
  const target = TARGETS.find(({ name }) => name === failure.target)
  if (!target) throw new Error(`There is no target ${failure.target}`)
  const { inputs, seed, batch } = failure
  const error = await tryInputs(target, inputs.length > 0 ? inputs : inputsOf(target, seed, batch))
  console.log(JSON.stringify({ program: 'fuzz', replayed: file, failures: error ? 1 : 0, error }))
  return error ? 1 : 0
}

const failed = flags.replay
  ? await replay(flags.replay)
  : await campaign(Number(flags.inputs), Number(flags.seed), flags.out)
process.exit(failed > 0 ? 1 : 0)
