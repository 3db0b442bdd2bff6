/**
 * `npm run fuzz:page [-- --inputs 10000 --seed 1]`: the browser test of hostile inputs, with many of
 * them. The test prints one line of figures; it fails for any error and for anything good that is
 * hidden.
 */
import process from 'node:process'
import { parseArgs } from 'node:util'
import { runNode } from '../../dev/programs.mjs'

const { values } = parseArgs({
  options: {
    inputs: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '1' },
  },
})

process.exitCode = await runNode(['dev/bootstrap.mjs', 'e2e', 'fuzz.spec.ts'], {
  env: { SOUK_FUZZ_INPUTS: values.inputs, SOUK_FUZZ_SEED: values.seed },
})
