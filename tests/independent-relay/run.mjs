/**
 * Installs the independent relay, runs the conformance cases against it, and then, with
 * SOUK_RELAY_URL set to a fresh one, the command given after `--`, if there is one.
 */
import { fork, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const HERE = fileURLToPath(new URL('.', import.meta.url))
const PROJECT = fileURLToPath(new URL('../..', import.meta.url))
const MINUTE = 60_000
const LOADS = "const D = require('better-sqlite3'); new D(':memory:'); require('@nostr-relay/core')"

const groups = new Set()
const endGroup = (pid) => {
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // It has ended already.
  }
}

/** Runs a command to its end, or ends it and all that it started when the time is up. */
function run(command, args, { minutes, cwd = PROJECT, env = {}, quiet = false }) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      detached: true,
      stdio: ['ignore', quiet ? 'pipe' : 'inherit', quiet ? 'pipe' : 'inherit'],
    })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (data) => (output += data))
    }
    const end = (code, note = '') => {
      clearTimeout(timer)
      groups.delete(child.pid)
      resolve({ code, output: output + note })
    }
    const timer = setTimeout(() => {
      endGroup(child.pid)
      end(124, `\nerror: ${command} took longer than ${minutes} minutes`)
    }, minutes * MINUTE)
    groups.add(child.pid)
    child.on('error', (error) => end(127, `\nerror: ${error.message}`))
    child.on('close', (code) => end(code ?? 1))
  })
}

const loads = async () =>
  (await run(process.execPath, ['-e', LOADS], { minutes: 1, cwd: HERE, quiet: true })).code === 0

/** The line of a failed command's output that tells most. */
function reasonIn(output) {
  const cause = /\b\w*Error: .+/.exec(output) ?? /^(npm )?error:? .+/m.exec(output)
  return cause ? cause[0].trim() : 'it does not load after npm ci'
}

/** Resolves with null when the relay can run, else with why it cannot. */
async function install() {
  if (await loads()) return null
  console.log('Installing the independent relay; if it has to compile, this takes some minutes.')
  const { output } = await run('npm', ['ci', '--no-audit', '--no-fund'], {
    minutes: 10,
    cwd: HERE,
    quiet: true,
  })
  return (await loads()) ? null : reasonIn(output)
}

/** Starts a relay that ends with this program, and resolves with its url. */
function startServer(...args) {
  return new Promise((resolve, reject) => {
    const child = fork(`${HERE}server.mjs`, ['0', ...args], { silent: true })
    let output = ''
    child.stderr.on('data', (data) => (output += data))
    child.on('message', (url) => resolve({ url, stop: () => child.kill() }))
    child.on('exit', () => reject(new Error(`the server ended: ${reasonIn(output)}`)))
  })
}

/** Starts relays, hands their urls to the step, and stops them whatever happens. */
async function withServers(kinds, step) {
  const servers = []
  try {
    for (const args of kinds) servers.push(await startServer(...args))
    return (await step(...servers.map(({ url }) => url))).code
  } finally {
    for (const { stop } of servers) stop()
  }
}

const runConformance = () =>
  withServers([[], ['--auth']], (open, auth) =>
    run(
      process.execPath,
      ['node_modules/vitest/vitest.mjs', 'run', '--config', `${HERE}vitest.config.mjs`],
      {
        minutes: 5,
        env: { INDEPENDENT_RELAY_URL: open, INDEPENDENT_AUTH_RELAY_URL: auth },
      },
    ),
  )

const runCommand = ([command, ...args]) =>
  withServers([[]], (url) => run(command, args, { minutes: 15, env: { SOUK_RELAY_URL: url } }))

async function main() {
  const obstacle = await install()
  if (obstacle !== null) {
    console.log(`independent relay skipped: ${obstacle}`)
    return 0
  }
  const separator = process.argv.indexOf('--')
  const command = separator < 0 ? [] : process.argv.slice(separator + 1)
  return (await runConformance()) || (command.length > 0 ? await runCommand(command) : 0)
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(130))
process.on('exit', () => groups.forEach(endGroup))
process.exit(await main())
