/**
 * `npm run mutation [-- fold judge]`: Stryker, one group after the other, with the score of each.
 * What survived is written to reports/mutation/survivors.md.
 */
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { GOAL, GROUPS, PROJECT } from './groups.mjs'

const REPORTS = join(PROJECT, 'reports', 'mutation')
const STRYKER = join(PROJECT, 'node_modules/@stryker-mutator/core/bin/stryker.js')
const KILLED = ['Killed', 'Timeout']
const ALIVE = ['Survived', 'NoCoverage']

const reportOf = (group) => join(REPORTS, `${group}.json`)

/** Mutates one group; results of earlier runs are kept where neither code nor tests have changed. */
function mutate(group) {
  const env = {
    ...process.env,
    SOUK_MUTATE: group,
    SOUK_MUTATION_REPORT: reportOf(group),
    SOUK_MUTATION_MEMORY: join(REPORTS, `${group}.incremental.json`),
  }
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [STRYKER, 'run'], { cwd: PROJECT, env, stdio: 'inherit' })
    child.on('close', (code) => resolve(code ?? 1))
  })
}

/** Every mutant of a report, with the line of code that it changed. */
function mutantsOf(group) {
  const { files } = JSON.parse(readFileSync(reportOf(group), 'utf8'))
  return Object.entries(files).flatMap(([file, { source, mutants }]) => {
    const lines = source.split('\n')
    return mutants.map((mutant) => ({ file, line: lines[mutant.location.start.line - 1], mutant }))
  })
}

function scoreOf(mutants) {
  const count = (states) => mutants.filter(({ mutant }) => states.includes(mutant.status)).length
  const [killed, alive] = [count(KILLED), count(ALIVE)]
  const score = Math.round((1000 * killed) / Math.max(1, killed + alive)) / 10
  return { killed, survived: alive, score }
}

const describe = ({ file, line, mutant }) => {
  const { start } = mutant.location
  const becomes = (mutant.replacement ?? '').replaceAll('\n', ' ').slice(0, 100)
  const lost = mutant.status === 'NoCoverage' ? ' (no test comes here)' : ''
  return `- \`${file}:${start.line}:${start.column}\`${lost} ${mutant.mutatorName}: \`${line.trim()}\` becomes \`${becomes}\``
}

function writeSurvivors(byGroup) {
  const parts = Object.entries(byGroup).map(([group, mutants]) => {
    const alive = mutants.filter(({ mutant }) => ALIVE.includes(mutant.status))
    return [`## ${group}`, '', ...alive.map(describe)].join('\n')
  })
  writeFileSync(join(REPORTS, 'survivors.md'), `# What survived\n\n${parts.join('\n\n')}\n`)
}

const asked = process.argv.slice(2)
const unknown = asked.filter((group) => !Object.hasOwn(GROUPS, group))
if (unknown.length > 0) {
  console.error(
    `There is no group ${unknown.join(', ')}; there are: ${Object.keys(GROUPS).join(', ')}`,
  )
  process.exit(1)
}

mkdirSync(REPORTS, { recursive: true })
for (const group of asked.length > 0 ? asked : Object.keys(GROUPS)) {
  console.log(`Mutating ${group} ...`)
  const code = await mutate(group)
  if (code !== 0) process.exit(code)
}
const done = Object.keys(GROUPS).filter((group) => existsSync(reportOf(group)))
const byGroup = Object.fromEntries(done.map((group) => [group, mutantsOf(group)]))
writeSurvivors(byGroup)
const groups = Object.fromEntries(done.map((group) => [group, scoreOf(byGroup[group])]))
const total = scoreOf(Object.values(byGroup).flat())
for (const [name, { score, killed, survived }] of Object.entries({ ...groups, total })) {
  console.log(
    `${name.padEnd(10)} ${String(score).padStart(5)} %   ${killed} killed, ${survived} survived`,
  )
}
console.log(JSON.stringify({ program: 'mutation', goal: GOAL, total, groups }))
process.exit([total, ...Object.values(groups)].every(({ score }) => score >= GOAL) ? 0 : 1)
