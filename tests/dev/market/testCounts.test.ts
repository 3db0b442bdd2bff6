/** The counts that `npm test` ends with. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'

const MODULE = fileURLToPath(new URL('../../../dev/testCounts.mjs', import.meta.url))
const SCRIPT =
  'const { readCounts } = await import(process.argv[1]); console.log(JSON.stringify(readCounts(process.argv[2], Number(process.argv[3]))))'
const folder = mkdtempSync(join(tmpdir(), 'souk-counts-'))

afterAll(() => rmSync(folder, { recursive: true }))

/** Counts a report as the test command does, in plain Node. */
function count(report: unknown, code: number): unknown {
  const file = join(folder, 'report.json')
  writeFileSync(file, typeof report === 'string' ? report : JSON.stringify(report))
  const args = ['--input-type=module', '-e', SCRIPT, MODULE, file, String(code)]
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' }))
}

const vitest = (passed: number, failed: number, testResults: unknown[] = []) => ({
  numPassedTests: passed,
  numFailedTests: failed,
  testResults,
})
const playwright = (stats: Record<string, number>, errors: unknown[] = []) => ({
  stats: { expected: 0, unexpected: 0, flaky: 0, skipped: 0, ...stats },
  errors,
})

describe('counting tests', () => {
  it('reads both runners', () => {
    expect(count(vitest(12, 1), 1)).toEqual({ passed: 12, failed: 1 })
    expect(count(playwright({ expected: 4, unexpected: 2 }), 1)).toEqual({ passed: 4, failed: 2 })
  })

  it('counts a test that passed only at the second try as failed', () => {
    expect(count(playwright({ expected: 4, flaky: 1 }), 0)).toEqual({ passed: 4, failed: 1 })
  })

  it('counts a test file that cannot be loaded', () => {
    const unloaded = { status: 'failed', assertionResults: [] }
    expect(count(vitest(3, 0, [unloaded]), 1)).toEqual({ passed: 3, failed: 1 })
  })

  it('never reports a runner that broke as a success', () => {
    expect(count('{ cut off', 1)).toEqual({ passed: 0, failed: 1 })
    expect(count('', 0)).toEqual({ passed: 0, failed: 1 })
    expect(count(vitest(3, 0), 1)).toEqual({ passed: 3, failed: 1 })
  })
})
