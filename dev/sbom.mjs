/** Writes dist/sbom.json: the packages that the app is made of (CycloneDX), the same for each run. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { PROJECT } from './programs.mjs'

const FLAGS = ['sbom', '--sbom-format', 'cyclonedx', '--omit', 'dev', '--package-lock-only']

/** npm as it was started, or as it is on the PATH. */
function npm(args) {
  const own = process.env.npm_execpath
  const [command, first] = own?.endsWith('.js') ? [process.execPath, [own]] : ['npm', []]
  const options = { cwd: PROJECT, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 }
  return execFileSync(command, [...first, ...args], options)
}

/** Without what changes from run to run: date, serial number and the version of npm. */
function settled({ bomFormat, specVersion, version, metadata, components, dependencies }) {
  const byRef = (one, other) => {
    const [a, b] = [one['bom-ref'] ?? one.ref, other['bom-ref'] ?? other.ref]
    return a < b ? -1 : Number(a > b)
  }
  return {
    bomFormat,
    specVersion,
    version,
    metadata: {
      lifecycles: metadata.lifecycles,
      component: { ...metadata.component, name: 'souk' },
    },
    components: components.sort(byRef),
    dependencies: dependencies
      .map((entry) => ({ ...entry, dependsOn: [...(entry.dependsOn ?? [])].sort() }))
      .sort(byRef),
  }
}

const list = settled(JSON.parse(npm(FLAGS)))
const file = join(PROJECT, 'dist', 'sbom.json')
mkdirSync(join(PROJECT, 'dist'), { recursive: true })
writeFileSync(file, `${JSON.stringify(list, null, 2)}\n`)
console.log(`${list.components.length} packages in dist/sbom.json`)
