/** Adds up what the test runners report. */
import { readFileSync } from 'node:fs'

const BROKEN = { passed: 0, failed: 1 }

function countVitest(report) {
  // A file that could not even be loaded has no tests to count.
  const unloaded = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  ).length
  return { passed: report.numPassedTests, failed: report.numFailedTests + unloaded }
}

function countPlaywright({ stats, errors }) {
  // A test that passed only when it was tried again has failed once.
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky + errors.length }
}

/**
 * The counts in the JSON report of a runner that ended with `code`. A runner that left no report,
 * or failed without naming a test, counts as one failure.
 */
export function readCounts(file, code) {
  let counts
  try {
    const report = JSON.parse(readFileSync(file, 'utf8'))
    counts = 'stats' in report ? countPlaywright(report) : countVitest(report)
  } catch {
    return BROKEN
  }
  const unexplained = code !== 0 && counts.failed === 0
  return unexplained ? { passed: counts.passed, failed: 1 } : counts
}

export const addCounts = (a, b) => ({ passed: a.passed + b.passed, failed: a.failed + b.failed })
