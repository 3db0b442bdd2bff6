/** Mutation testing: `npm run mutation` calls this for one group of files at a time. */
import process from 'node:process'
import { GROUPS } from './tests/mutation/groups.mjs'

const {
  SOUK_MUTATE: group,
  SOUK_MUTATION_REPORT: report,
  SOUK_MUTATION_MEMORY: memory,
} = process.env

export default {
  mutate: group ? GROUPS[group] : Object.values(GROUPS).flat(),
  testRunner: 'vitest',
  vitest: { configFile: 'tests/mutation/vitest.config.ts' },
  coverageAnalysis: 'perTest',
  concurrency: 2,
  // A machine with other work on it must not turn slow tests into killed mutants.
  timeoutMS: 60_000,
  tempDirName: '.stryker-tmp',
  ignorePatterns: [
    'dist',
    'dev/catalogue',
    'docs',
    'public',
    'reports',
    'tests/e2e',
    'test-results',
  ],
  incremental: memory !== undefined,
  incrementalFile: memory,
  reporters: ['json', 'progress-append-only'],
  jsonReporter: { fileName: report ?? 'reports/mutation/all.json' },
}
