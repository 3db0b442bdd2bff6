/** What the npm scripts run. Plain Node without packages, since it installs them. */
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { ensureChromium, findChromium } from './chromium.mjs'
import { PROJECT, run, runNode, runNpm } from './programs.mjs'
import { addCounts, readCounts } from './testCounts.mjs'

const VITE = 'node_modules/vite/bin/vite.js'
const VITEST = 'node_modules/vitest/vitest.mjs'
const PLAYWRIGHT = 'node_modules/@playwright/test/cli.js'
const E2E_CONFIG = 'tests/e2e/playwright.config.ts'
const INDEPENDENT_RELAY = 'tests/independent-relay/run.mjs'

const inProject = (path) => join(PROJECT, path)

/** Ends a command with a message for the person, without a stack trace. */
class Stop extends Error {}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major > 20 || (major === 20 && minor >= 19)) return
  throw new Stop(
    `Souk needs Node 20.19 or newer; this is ${process.versions.node}. See https://nodejs.org/`,
  )
}

const changedAt = (path) => statSync(inProject(path), { throwIfNoEntry: false })?.mtimeMs ?? 0

async function install() {
  if (changedAt('node_modules/.package-lock.json') >= changedAt('package-lock.json')) return
  console.error('Installing packages (once, and again when package-lock.json changes) ...')
  const flags = ['--ignore-scripts', '--include=dev', '--no-audit', '--no-fund']
  const code = await runNpm(['ci', '--loglevel=error', ...flags])
  if (code !== 0) throw new Stop('The packages could not be installed: see the messages above.')
}

async function build() {
  console.error('Building the app ...')
  const code = await runNode([VITE, 'build', '--logLevel', 'warn'])
  if (code !== 0) throw new Stop('The app could not be built: see the messages above.')
}

const runTypeScript = (file, ...args) => runNode(['--import', 'tsx', file, ...args])

async function start(args) {
  const ready = args.includes('--no-build') && existsSync(inProject('dist/index.html'))
  if (!ready) await build()
  return run.interrupted ? 0 : runTypeScript('dev/market.ts')
}

const development = () => runTypeScript('dev/market.ts', '--development')

async function bench(args) {
  await build()
  return runTypeScript('tests/bench/run.ts', ...args)
}

async function prepareBrowser() {
  if (!existsSync(inProject(E2E_CONFIG))) throw new Stop(`${E2E_CONFIG} is missing.`)
  const chromium = await ensureChromium()
  await build()
  return { CHROMIUM_PATH: chromium }
}

async function e2e(args) {
  const env = await prepareBrowser()
  return runNode([PLAYWRIGHT, 'test', '-c', E2E_CONFIG, ...args], { env })
}

async function unitTests(reports) {
  const file = join(reports, 'vitest.json')
  const flags = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
  return readCounts(file, await runNode([VITEST, 'run', ...flags]))
}

async function browserTests(reports) {
  const file = join(reports, 'playwright.json')
  const env = { ...(await prepareBrowser()), PLAYWRIGHT_JSON_OUTPUT_FILE: file }
  const flags = ['-c', E2E_CONFIG, '--reporter=list,json']
  return readCounts(file, await runNode([PLAYWRIGHT, 'test', ...flags], { env }))
}

/**
 * Conformance of the independent relay, then the browser tests tagged `@independent` against it.
 * Says itself when that relay can't be built here, and leaves no report then.
 */
async function independentRelay(reports) {
  if (!existsSync(inProject(INDEPENDENT_RELAY))) return { passed: 0, failed: 0 }
  const file = join(reports, 'independent.json')
  const flags = ['-c', E2E_CONFIG, '--reporter=list,json', '--grep=@independent']
  const command = [process.execPath, PLAYWRIGHT, 'test', ...flags, '--pass-with-no-tests']
  const chromium = findChromium()
  const env = { CHROMIUM_PATH: chromium ?? '', PLAYWRIGHT_JSON_OUTPUT_FILE: file }
  const browser = chromium && existsSync(inProject(E2E_CONFIG)) ? ['--', ...command] : []
  const code = await runNode([INDEPENDENT_RELAY, ...browser], { env })
  const noReport = code === 0 && !existsSync(file)
  return noReport ? { passed: 0, failed: 0 } : readCounts(file, code)
}

/** A step that cannot run at all is one failure, and the others still run. */
async function attempt(step, reports) {
  try {
    return await step(reports)
  } catch (error) {
    if (!(error instanceof Error)) throw error
    console.error(error.message)
    return { passed: 0, failed: 1 }
  }
}

async function test() {
  const reports = mkdtempSync(join(tmpdir(), 'souk-tests-'))
  let counts = { passed: 0, failed: 0 }
  for (const step of [unitTests, browserTests, independentRelay]) {
    if (run.interrupted) break
    counts = addCounts(counts, await attempt(step, reports))
  }
  rmSync(reports, { recursive: true, force: true })
  console.log(`${counts.passed} passed, ${counts.failed} failed`)
  return counts.failed === 0 && counts.passed > 0 && !run.interrupted ? 0 : 1
}

const COMMANDS = { start, dev: development, test, e2e, bench }

async function main([name = '', ...args]) {
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : null
  if (!command) throw new Stop(`Usage: node dev/bootstrap.mjs ${Object.keys(COMMANDS).join('|')}`)
  checkNode()
  await install()
  return command(args)
}

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  // Whoever pressed Ctrl-C knows why it ended.
  if (!run.interrupted) console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
