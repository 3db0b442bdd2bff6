/** Runs other programs as if they were part of this one: their output here, their signals too. */
import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import process from 'node:process'
import { fileURLToPath } from 'node:url'

export const PROJECT = fileURLToPath(new URL('..', import.meta.url))
const FORWARDED = ['SIGINT', 'SIGTERM', 'SIGHUP']

const exitCode = (code, signal) => code ?? 128 + (constants.signals[signal] ?? 1)

/**
 * Runs a program to its end and resolves with its exit code; 127 when it could not be started.
 * Signals are passed on, and this program waits until the other has ended.
 */
export function run(command, args, { env = {}, cwd = PROJECT } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio: 'inherit' })
    const forward = (signal) => {
      run.interrupted = true
      child.kill(signal)
    }
    const end = (code) => {
      for (const signal of FORWARDED) process.off(signal, forward)
      resolve(code)
    }
    for (const signal of FORWARDED) process.on(signal, forward)
    child.on('error', (error) => {
      console.error(`${command} could not be started: ${error.message}`)
      end(127)
    })
    child.on('exit', (code, signal) => end(exitCode(code, signal)))
  })
}

/** True once somebody asked for the end: nothing further is started then. */
run.interrupted = false

/** Runs a Node program of the project or of one of its packages. */
export const runNode = (args, options) => run(process.execPath, args, options)

/** Runs the npm that started this program, or the one on the PATH. */
export function runNpm(args) {
  const npm = process.env.npm_execpath
  return npm?.endsWith('.js') ? runNode([npm, ...args]) : run('npm', args)
}
