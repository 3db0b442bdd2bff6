/** Builds the app twice into folders of their own and compares every file, byte for byte. */
import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import process from 'node:process'
import { runNode } from './programs.mjs'

const VITE = 'node_modules/vite/bin/vite.js'

/** Path and digest of every file in a folder, sorted. */
function digests(folder) {
  return readdirSync(folder, { recursive: true })
    .map((name) => join(folder, String(name)))
    .filter((path) => statSync(path).isFile())
    .map((path) => {
      const digest = createHash('sha256').update(readFileSync(path)).digest('hex')
      return `${digest}  ${relative(folder, path).replaceAll('\\', '/')}`
    })
    .sort()
}

const digestOf = (lines) => createHash('sha256').update(lines.join('\n')).digest('hex')

async function buildInto(folder) {
  const code = await runNode([
    VITE,
    'build',
    '--logLevel',
    'warn',
    '--outDir',
    folder,
    '--emptyOutDir',
  ])
  if (code !== 0) throw new Error('The app could not be built: see the messages above.')
  return digests(folder)
}

const folders = ['first', 'second'].map((name) => mkdtempSync(join(tmpdir(), `souk-${name}-`)))
try {
  const builds = []
  for (const folder of folders) builds.push(await buildInto(folder))
  const [first = [], second = []] = builds
  const different = [
    ...first.filter((line) => !second.includes(line)),
    ...second.filter((line) => !first.includes(line)),
  ]
  for (const line of different) console.error(`different: ${line}`)
  const equal = first.length > 0 && different.length === 0
  console.log(JSON.stringify({ files: first.length, equal, sha256: digestOf(first) }))
  process.exitCode = equal ? 0 : 1
} finally {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
}
