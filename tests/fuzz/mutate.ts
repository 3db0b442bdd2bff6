/** Turns a good input into a bad one: by its structure where it is JSON, by its characters anywhere. */
import { LARGE_VALUES, ODD_KEYS, ODD_PIECES, ODD_VALUES } from './oddities'
import type { Random } from './random'

/** JSON as a tree that can hold what a parsed object can't: a key twice, odd numbers, `__proto__`. */
type Tree =
  | { readonly type: 'leaf'; readonly text: string }
  | { readonly type: 'list'; readonly items: Tree[] }
  | { readonly type: 'object'; readonly entries: [string, Tree][] }

function toTree(value: unknown): Tree {
  if (Array.isArray(value)) return { type: 'list', items: value.map(toTree) }
  if (typeof value !== 'object' || value === null) {
    return { type: 'leaf', text: JSON.stringify(value) }
  }
  const entries = Object.entries(value).map(([key, item]): [string, Tree] => [key, toTree(item)])
  return { type: 'object', entries }
}

function write(tree: Tree): string {
  if (tree.type === 'leaf') return tree.text
  if (tree.type === 'list') return `[${tree.items.map(write).join(',')}]`
  return `{${tree.entries.map(([key, item]) => `${JSON.stringify(key)}:${write(item)}`).join(',')}}`
}

const oddLeaf = (random: Random): Tree => ({
  type: 'leaf',
  text: random.pick(random.chance(0.02) ? LARGE_VALUES : ODD_VALUES),
})

/** A string: what it holds is mutated where it is JSON itself, else its characters. */
function mutateString(text: string, random: Random): Tree {
  const inner: unknown = JSON.parse(text)
  if (typeof inner !== 'string' || random.chance(0.3)) return oddLeaf(random)
  const looksLikeJson = /^\s*[{[]/.test(inner)
  const changed = looksLikeJson ? mutate(inner, random) : mutateText(inner, random)
  return { type: 'leaf', text: JSON.stringify(changed) }
}

const spliced = <T>(items: readonly T[], at: number, remove: number, ...more: T[]): T[] =>
  items.toSpliced(at, remove, ...more)

function mutateList(items: Tree[], random: Random): Tree {
  const at = random.below(items.length + 1)
  const one = items[at] ?? oddLeaf(random)
  const change = random.below(5)
  if (change === 0) return { type: 'list', items: spliced(items, at, 1) }
  if (change === 1) return { type: 'list', items: spliced(items, at, 0, one) }
  if (change === 2) return { type: 'list', items: spliced(items, at, 0, oddLeaf(random)) }
  if (change === 3) return { type: 'list', items: items.toReversed() }
  return { type: 'list', items: Array.from({ length: 50 }, () => one) }
}

function mutateObject(entries: [string, Tree][], random: Random): Tree {
  const at = random.below(entries.length + 1)
  const [key, one] = entries[at] ?? [random.pick(ODD_KEYS), oddLeaf(random)]
  const change = random.below(5)
  if (change === 0) return { type: 'object', entries: spliced(entries, at, 1) }
  if (change === 1) return { type: 'object', entries: [...entries, [key, oddLeaf(random)]] }
  if (change === 2) return { type: 'object', entries: [...entries, [key, one], [key, one]] }
  const other = random.pick(ODD_KEYS)
  if (change === 3) return { type: 'object', entries: spliced(entries, at, 1, [other, one]) }
  return { type: 'object', entries: [[other, oddLeaf(random)], ...entries] }
}

/** Goes down to a random place and changes the tree there. */
function mutateTree(tree: Tree, random: Random): Tree {
  if (tree.type === 'leaf') {
    return tree.text.startsWith('"') ? mutateString(tree.text, random) : oddLeaf(random)
  }
  const size = tree.type === 'list' ? tree.items.length : tree.entries.length
  if (size > 0 && random.chance(0.8)) {
    const at = random.below(size)
    if (tree.type === 'list') {
      return { type: 'list', items: tree.items.with(at, mutateTree(tree.items[at]!, random)) }
    }
    const [key, item] = tree.entries[at]!
    return { type: 'object', entries: tree.entries.with(at, [key, mutateTree(item, random)]) }
  }
  if (random.chance(0.3)) return oddLeaf(random)
  return tree.type === 'list' ? mutateList(tree.items, random) : mutateObject(tree.entries, random)
}

/** One change of characters: cut off, flipped, put in, left out, repeated. */
export function mutateText(text: string, random: Random): string {
  const at = random.below(text.length + 1)
  const end = Math.min(text.length, at + 1 + random.below(8))
  switch (random.below(6)) {
    case 0:
      return text.slice(0, at)
    case 1:
      return text.slice(0, at) + text.slice(end)
    case 2:
      return text.slice(0, at) + random.pick(ODD_PIECES) + text.slice(at)
    case 3:
      return text.slice(0, at) + random.pick(ODD_PIECES) + text.slice(end)
    case 4: {
      const flipped = text.charCodeAt(Math.min(at, text.length - 1)) ^ (1 << random.below(16))
      return text.slice(0, at) + String.fromCharCode(flipped) + text.slice(at + 1)
    }
    default:
      return text.slice(0, end) + text.slice(at)
  }
}

/** Null for a text that is no JSON, or that is nested deeper than can be followed. */
function mutateStructure(text: string, random: Random): string | null {
  try {
    return write(mutateTree(toTree(JSON.parse(text)), random))
  } catch {
    return null
  }
}

/** One to four changes to an input, most of them by its structure. */
export function mutate(text: string, random: Random): string {
  const changes = random.chance(0.6) ? 1 : 2 + random.below(3)
  let changed = text
  for (let n = 0; n < changes; n++) {
    const structured = random.chance(0.85) ? mutateStructure(changed, random) : null
    changed = structured ?? mutateText(changed, random)
  }
  return changed
}
