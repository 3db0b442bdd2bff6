/** Holds the import table of docs/architecture.md: who may import whom. */
import { describe, expect, it } from 'vitest'

const TABLE: Record<string, readonly string[]> = {
  domain: [],
  protocol: ['domain'],
  relays: ['domain', 'protocol'],
  signing: ['domain', 'protocol'],
  payments: ['domain', 'protocol'],
  storage: ['domain', 'protocol'],
  actions: ['domain', 'protocol'],
  stores: ['domain', 'storage'],
  composables: ['domain', 'actions', 'stores'],
  components: ['domain', 'composables'],
  pages: ['domain', 'stores', 'composables', 'components'],
}
const ROOT_FILES = [
  'main.ts',
  'App.vue',
  'SessionEvents.vue',
  'SignerNotices.vue',
  'router.ts',
  'config.ts',
  'services.ts',
  'keyRing.ts',
  'bunkers.ts',
  'nwcPayer.ts',
  'trustedTypes.ts',
  'style.css',
]
const WITHOUT_VUE = ['domain', 'protocol', 'relays', 'signing', 'payments', 'storage', 'actions']
const VUE_PACKAGES = /^(vue|pinia|vue-router|reka-ui|vue-sonner|@vueuse\/.*|@lucide\/vue)$/

const files = import.meta.glob<string>('../src/**/*', {
  query: '?raw',
  import: 'default',
  eager: true,
})
const sources = Object.entries(files).map(([path, text]) => ({
  path: path.replace('../src/', ''),
  text,
}))

/** Every module that a source names, type imports and lazy imports included. */
function importsOf(text: string): string[] {
  const pattern = /(?:\bfrom\s*|\bimport\s*\(\s*|\bimport\s+|new URL\(\s*)['"]([^'"]+)['"]/g
  return [...text.matchAll(pattern)].map((match) => match[1] as string)
}

const layerOf = (path: string): string => (path.includes('/') ? path.split('/')[0]! : '')

function resolveInSrc(from: string, target: string): string | null {
  if (target.startsWith('@/')) return target.slice(2)
  if (!target.startsWith('.')) return null
  return new URL(target, `file:///${from}`).pathname.slice(1)
}

/** The layers above a composable that a component may not reach through it. */
function holdsStore(path: string, seen = new Set<string>()): boolean {
  if (seen.has(path)) return false
  seen.add(path)
  const source = sources.find((s) => [path, `${path}.ts`].includes(s.path))
  if (!source) return false
  return importsOf(source.text).some((target) => {
    const resolved = resolveInSrc(source.path, target)
    if (!resolved) return false
    return layerOf(resolved) === 'stores' || holdsStore(resolved, seen)
  })
}

function violation(path: string, target: string): string | null {
  const layer = layerOf(path)
  const resolved = resolveInSrc(path, target)
  if (!resolved) {
    const forbidden = WITHOUT_VUE.includes(layer) && VUE_PACKAGES.test(target)
    return forbidden ? `${path} imports ${target}` : null
  }
  const other = layerOf(resolved)
  if (other === layer) return null
  if (!TABLE[layer]?.includes(other)) return `${path} imports ${resolved}`
  if (layer === 'components' && other === 'composables' && holdsStore(resolved)) {
    return `${path} imports ${resolved}, which holds a store`
  }
  return null
}

describe('architecture', () => {
  it('finds the sources', () => {
    expect(sources.length).toBeGreaterThan(50)
  })

  it('has only the folders and root files of the table', () => {
    const strangers = sources
      .map(({ path }) => path)
      .filter((path) => (layerOf(path) ? !(layerOf(path) in TABLE) : !ROOT_FILES.includes(path)))
    expect(strangers).toEqual([])
  })

  it('imports only what the table allows', () => {
    const violations = sources
      .filter(({ path }) => layerOf(path))
      .flatMap(({ path, text }) => importsOf(text).map((target) => violation(path, target)))
      .filter((found) => found !== null)
    expect(violations).toEqual([])
  })

  it('would notice a forbidden import', () => {
    expect(violation('domain/order.ts', '@/storage/documents')).not.toBeNull()
    expect(violation('domain/order.ts', 'vue')).not.toBeNull()
    expect(violation('relays/pool.ts', '../signing/localKey')).not.toBeNull()
    expect(violation('components/ui/UiButton.vue', '@/stores/carts')).not.toBeNull()
  })

  it('reads the environment in config.ts alone', () => {
    const readers = sources.filter(({ text }) => text.includes('import.meta.env'))
    expect(readers.map(({ path }) => path).filter((path) => path !== 'config.ts')).toEqual([])
  })
})
