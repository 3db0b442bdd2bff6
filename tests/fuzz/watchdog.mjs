/** A thread beside the campaign: ends the program when one batch never ends, and says which. */
import { mkdirSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { workerData } from 'node:worker_threads'

const { state, names, folder, seed, seconds } = workerData
const counts = new Int32Array(state)
let last = -1
let since = Date.now()

setInterval(() => {
  const [target = 0, batch = 0, step = 0] = counts
  if (step !== last) {
    last = step
    since = Date.now()
    return
  }
  if (step === 0 || Date.now() - since < seconds * 1000) return
  const failure = {
    target: names[target],
    seed,
    batch,
    error: `no end in ${seconds} s`,
    inputs: [],
  }
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, `hang-${target}-${batch}.json`), JSON.stringify(failure))
  writeSync(2, `${failure.target}: batch ${batch} did not end in ${seconds} s\n`)
  writeSync(1, `${JSON.stringify({ program: 'fuzz', seed, failures: 1, hang: failure.target })}\n`)
  process.kill(process.pid, 'SIGKILL')
}, 500)
