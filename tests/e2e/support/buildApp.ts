/** Builds the app before the tests when something in it is newer than the last build. */
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const PROJECT = fileURLToPath(new URL('../../..', import.meta.url))
const SOURCES = ['src', 'public', 'index.html', 'vite.config.ts', 'package-lock.json', '.env']

const changedAt = (path: string): number =>
  statSync(join(PROJECT, path), { throwIfNoEntry: false })?.mtimeMs ?? 0

function newestIn(path: string): number {
  const isFolder = statSync(join(PROJECT, path), { throwIfNoEntry: false })?.isDirectory() ?? false
  const inside = isFolder ? readdirSync(join(PROJECT, path), { recursive: true }) : []
  return Math.max(changedAt(path), ...inside.map((file) => changedAt(join(path, String(file)))))
}

export default async function buildApp(): Promise<void> {
  const built = changedAt('dist/index.html')
  if (built > 0 && SOURCES.every((path) => newestIn(path) <= built)) return
  const { build } = await import('vite')
  await build({ root: PROJECT, configFile: join(PROJECT, 'vite.config.ts'), logLevel: 'warn' })
}
