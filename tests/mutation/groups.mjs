/** What is mutated, in the groups for which a score is asked. */
import { fileURLToPath } from 'node:url'

/** The folder of the project. */
export const PROJECT = fileURLToPath(new URL('../..', import.meta.url))

/** The share of mutants, in percent, that each group and all of them together must kill. */
export const GOAL = 85

const files = (folder, names) => names.map((name) => `src/${folder}/${name}.ts`)

/** Source files by the name of their group. */
export const GROUPS = {
  judge: files('domain', ['invoice', 'invoiceJudgement']),
  fold: files('domain', [
    'factOrder',
    'orderBook',
    'orderFold',
    'orderPayments',
    'orderSteps',
    'orderVersions',
  ]),
  decoders: files('protocol', [
    'deletion',
    'directMessage',
    'event',
    'json',
    'market',
    'orderMessage',
    'product',
    'profile',
    'stall',
  ]),
  outbox: files('relays', ['deliveries', 'outbox', 'retryPolicy']),
}
