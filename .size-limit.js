/** The first page: its entry, everything that loads with it, the cache and the verification worker. */
import { readdirSync, readFileSync } from 'node:fs'

const ALSO_LOADED = ['src/storage/eventCache.ts']

const manifest = JSON.parse(readFileSync('dist/.vite/manifest.json', 'utf8'))

function closure(key, found = new Set()) {
  if (found.has(key)) return found
  found.add(key)
  for (const next of manifest[key].imports ?? []) closure(next, found)
  return found
}

const entry = Object.keys(manifest).find((key) => manifest[key].isEntry)
const chunks = new Set([entry, ...ALSO_LOADED].flatMap((key) => [...closure(key)]))
const workers = readdirSync('dist/assets').filter((name) => /^verifyWorker.*\.js$/.test(name))
const scripts = [...chunks].map((key) => manifest[key].file)
const styles = [...chunks].flatMap((key) => manifest[key].css ?? [])

export default [
  {
    name: 'First page: scripts, worker included',
    path: [...scripts, ...workers.map((name) => `assets/${name}`)].map((file) => `dist/${file}`),
    gzip: true,
    limit: '90 kB',
  },
  {
    name: 'First page: styles',
    path: styles.map((file) => `dist/${file}`),
    gzip: true,
    limit: '15 kB',
  },
]
