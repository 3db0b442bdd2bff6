/** The program behind `npm run recovery`: all orders read back on an empty device, for both sides. */
import process from 'node:process'
import { parseArgs } from 'node:util'
import { recover, type RecoveryFigures, type RecoveryOptions } from './recover'

const { values } = parseArgs({
  options: {
    orders: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
  },
})
const orders = Number(values.orders)
const seed = Number(values.seed)
if (!(Number.isInteger(orders) && orders > 0 && Number.isInteger(seed))) {
  throw new Error('--orders and --seed must be whole numbers.')
}

/** The merchant's side is the harder one: who sells is known late, or only from its own answers. */
const RUNS: readonly Pick<RecoveryOptions, 'side' | 'third' | 'stalls'>[] = [
  { side: 'customer', third: 'empty', stalls: 'last' },
  { side: 'merchant', third: 'empty', stalls: 'last' },
  { side: 'customer', third: 'silent', stalls: 'never' },
  { side: 'merchant', third: 'silent', stalls: 'never' },
]
const tell = (line: string) => void process.stderr.write(`${line}\n`)
const done: RecoveryFigures[] = []
for (const run of RUNS) {
  const figures = await recover({ ...run, orders, seed, onProgress: tell })
  tell(JSON.stringify(figures))
  done.push(figures)
}
const sum = (read: (figures: RecoveryFigures) => number) =>
  done.reduce((total, figures) => total + read(figures), 0)
const total = {
  name: 'recovery',
  runs: done.length,
  orders: sum((figures) => figures.orders),
  messages: sum((figures) => figures.messages),
  same: sum((figures) => figures.same),
  missing: sum((figures) => figures.missing),
  different: sum((figures) => figures.different),
  invented: sum((figures) => figures.invented),
  seconds: done.map(({ seconds }) => seconds),
}
process.stdout.write(`${JSON.stringify(total)}\n`)
process.exit(total.same === total.orders && total.invented === 0 ? 0 : 1)
