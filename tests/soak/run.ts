/** The program behind `npm run soak`: many orders, many seeds, and one JSON line of figures at the end. */
import process from 'node:process'
import { parseArgs } from 'node:util'
import { soak, type SoakFigures } from './soak'

function positive(name: string, text: string): number {
  const number = Number(text)
  if (Number.isInteger(number) && number > 0) return number
  throw new Error(`--${name} must be a whole number above 0, not "${text}".`)
}

const { values } = parseArgs({
  options: {
    orders: { type: 'string', default: '1000' },
    seeds: { type: 'string', default: '20' },
    first: { type: 'string', default: '1' },
  },
})
const orders = positive('orders', values.orders)
const seeds = positive('seeds', values.seeds)
const first = positive('first', values.first)
const tell = (line: string) => void process.stderr.write(`${line}\n`)
const sum = (all: readonly SoakFigures[], read: (figures: SoakFigures) => number) =>
  all.reduce((total, figures) => total + read(figures), 0)

const done: SoakFigures[] = []
for (let seed = first; seed < first + seeds; seed++) {
  const figures = await soak({ orders, seed, onProgress: tell })
  done.push(figures)
  tell(JSON.stringify(figures))
}
const total = {
  name: 'soak',
  orders: sum(done, (figures) => figures.orders),
  seeds: done.length,
  lost: sum(done, (figures) => figures.lost),
  doubled: sum(done, (figures) => figures.doubled),
  falselySent: sum(done, (figures) => figures.falselySent),
  altered: sum(done, (figures) => figures.altered),
  unseenAnswers: sum(done, (figures) => figures.unseenAnswers),
  deaths: sum(done, (figures) => figures.deaths),
  frames: sum(done, (figures) => figures.frames),
  spoiltShare: Number((sum(done, (f) => f.spoiltShare) / done.length).toFixed(3)),
  seconds: sum(done, (figures) => figures.seconds),
}
process.stdout.write(`${JSON.stringify(total)}\n`)
const bad = total.lost + total.doubled + total.falselySent + total.altered + total.unseenAnswers
process.exit(bad === 0 ? 0 : 1)
