/** The program behind `npm run bench`: measures the first page and prints figures as JSON lines. */
import { cpus, loadavg } from 'node:os'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { findChromium } from '../../dev/chromium.mjs'
import { withFreshProfile } from './browser'
import { startBenchMarket, type BenchMarket } from './market'
import type { LoadedFile } from './meter'
import { say, sayMedian, tell } from './report'
import { measureVerification, type Verification } from './verification'
import { visit, type Visit } from './visit'

const DIST = fileURLToPath(new URL('../../dist', import.meta.url))
const BUDGET_BYTES = 90_000
const WORKER = /\/verifyWorker[^/]*\.js$/
const DIGEST = /-[\w-]{8}(?=\.\w+$)/

/** How much the relay puts into one answer. */
const RELAYS = [
  { relay: 'whole', maxLimit: undefined },
  { relay: 'capped at 500', maxLimit: 500 },
] as const

const MOMENTS = {
  'first-card': 'firstCard',
  'first-stall': 'firstStall',
  'all-products': 'allProducts',
  'all-stalls': 'allStalls',
  'caught-up': 'caughtUp',
  'longest-task': 'longestTask',
  'main-thread': 'mainThread',
} as const satisfies Record<string, keyof Visit>

interface Run {
  readonly cold: Visit
  readonly warm: Visit
  readonly verification: Verification
}

interface Settings {
  readonly products: number
  readonly runs: number
  readonly app: string
  readonly chromium: string
}

function positive(name: string, text: string): number {
  const number = Number(text)
  if (Number.isInteger(number) && number > 0) return number
  throw new Error(`--${name} must be a whole number above 0, not "${text}".`)
}

function readSettings(): Settings {
  const { values } = parseArgs({
    options: {
      products: { type: 'string', default: '1000' },
      runs: { type: 'string', default: '3' },
      app: { type: 'string', default: DIST },
    },
  })
  const chromium = findChromium()
  if (!chromium) throw new Error('No Chromium was found: install one, or name it in CHROMIUM_PATH.')
  const { products, runs, app } = values
  return { products: positive('products', products), runs: positive('runs', runs), app, chromium }
}

const runOnce = (chromium: string, market: BenchMarket): Promise<Run> =>
  withFreshProfile(chromium, async (context) => {
    const cold = await visit(context, market)
    const warm = await visit(context, market)
    const worker = cold.files.find(({ path }) => WORKER.test(path))?.path
    if (!worker) throw new Error('The page started no worker that checks signatures.')
    const { appUrl, events } = market
    const verification = await measureVerification(context, appUrl, events, worker)
    return { cold, warm, verification }
  })

async function measureRelay(settings: Settings, maxLimit: number | undefined): Promise<Run[]> {
  const { app, chromium, products, runs: count } = settings
  const market = await startBenchMarket({ products, app, maxLimit })
  const runs: Run[] = []
  try {
    for (let i = 1; i <= count; i++) {
      tell(`  run ${i} of ${count}`)
      runs.push(await runOnce(chromium, market))
    }
  } finally {
    await market.close()
  }
  return runs
}

const ofType = (files: readonly LoadedFile[], ending: string) =>
  files
    .filter(({ path }) => path.endsWith(ending))
    .map(({ path, ...sizes }) => ({ file: path.replace(DIGEST, '').split('/').at(-1), ...sizes }))
    .sort((a, b) => b.compressed - a.compressed)

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0)

/** Bytes as the server sent them, gzipped, without headers. */
function reportSizes(files: readonly LoadedFile[]): void {
  const scripts = ofType(files, '.js')
  const styles = ofType(files, '.css')
  const total = (list: typeof scripts) => sum(list.map(({ compressed }) => compressed))
  const unit = 'bytes gzip'
  const js = total(scripts)
  say({ name: 'initial-js', value: js, unit, budget: BUDGET_BYTES, within: js <= BUDGET_BYTES })
  say({ name: 'initial-css', value: total(styles), unit })
  for (const { file, compressed, plain } of [...scripts, ...styles]) {
    say({ name: 'initial-file', value: compressed, unit, file, plain })
  }
}

function reportVisits(runs: readonly Run[], details: Readonly<Record<string, unknown>>): void {
  const all = (read: (run: Run) => number) => runs.map(read)
  for (const kind of ['cold', 'warm'] as const) {
    for (const [name, key] of Object.entries(MOMENTS)) {
      const values = all((run) => run[kind][key])
      sayMedian(name, 'ms', values, { ...details, visit: kind })
    }
  }
  const start = all(({ verification }) => verification.start)
  sayMedian('worker-start', 'ms', start, details)
  const verified = all(({ verification }) => verification.all)
  sayMedian('verification', 'ms', verified, details)
}

/** The machine's speed and load cancel out in these. */
function reportRatios(runs: readonly Run[], details: Readonly<Record<string, unknown>>): void {
  const ratios: Record<string, (run: Run) => number> = {
    'all-products cold / verification': ({ cold, verification }) =>
      cold.allProducts / verification.all,
    'caught-up warm / verification': ({ warm, verification }) => warm.caughtUp / verification.all,
    'first-card cold / all-products cold': ({ cold }) => cold.firstCard / cold.allProducts,
    'all-products warm / cold': ({ cold, warm }) => warm.allProducts / cold.allProducts,
    'first-card warm / cold': ({ cold, warm }) => warm.firstCard / cold.firstCard,
    'main-thread cold / verification': ({ cold, verification }) =>
      cold.mainThread / verification.all,
  }
  for (const [name, ratio] of Object.entries(ratios)) {
    sayMedian(name, 'ratio', runs.map(ratio), details)
  }
}

async function main(): Promise<void> {
  const settings = readSettings()
  const { products } = settings
  const processors = cpus()
  const load = loadavg().map((value) => Number(value.toFixed(1)))
  const machine = { model: processors[0]?.model ?? '', load, node: process.versions.node }
  say({ name: 'machine', value: processors.length, unit: 'processors', ...machine })
  for (const { relay, maxLimit } of RELAYS) {
    tell(`${products} products, answers ${relay}`)
    const runs = await measureRelay(settings, maxLimit)
    if (maxLimit === undefined && runs[0]) reportSizes(runs[0].cold.files)
    const details = { products, relay }
    reportVisits(runs, details)
    reportRatios(runs, details)
  }
}

try {
  await main()
} catch (error) {
  tell(error instanceof Error ? (error.stack ?? error.message) : String(error))
  process.exitCode = 1
}
