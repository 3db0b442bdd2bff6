/** Reads markdown into a tree of a few known pieces. Heavy: load it when a text needs it. */
import MarkdownIt, { type Token } from 'markdown-it'
import { readLink, type SafeLink } from '@/domain/links'
import { fail, ok, type Result } from '@/domain/result'

export type MarkdownTag = keyof typeof TAGS | 'h3' | 'h4' | 'pre' | 'code' | 'br' | 'hr'

export interface MarkdownElement {
  readonly tag: MarkdownTag
  readonly children: readonly MarkdownNode[]
}
export interface MarkdownLink {
  readonly tag: 'link'
  readonly link: SafeLink
  readonly words: string
}
export type MarkdownNode = string | MarkdownElement | MarkdownLink

/** Longer or deeper texts are shown as they were written. */
const MAX_LENGTH = 10_000
const MAX_PIECES = 4000
const MAX_NESTING = 16

const TAGS = {
  p: 'paragraph',
  ul: 'bullet_list',
  ol: 'ordered_list',
  li: 'list_item',
  blockquote: 'blockquote',
  strong: 'strong',
  em: 'em',
} as const
const TAG_OF = new Map<string, MarkdownTag>(
  Object.entries(TAGS).map(([tag, name]) => [name, tag as MarkdownTag]),
)

/**
 * No HTML, no tables, no definitions apart from their links, and nothing that people write by
 * chance in plain words: an indented line is no code, an underlined one no heading.
 */
const parser = new MarkdownIt('commonmark', {
  html: false,
  breaks: true,
  maxNesting: MAX_NESTING,
}).disable(['html_block', 'html_inline', 'reference', 'code', 'lheading'])
parser.validateLink = (address) => readLink(address).ok
parser.normalizeLink = (address) => address
parser.normalizeLinkText = (address) => address

interface Frame {
  readonly tag: MarkdownTag
  readonly children: MarkdownNode[]
}

const plainText = (nodes: readonly MarkdownNode[]): string =>
  nodes
    .map((node) => {
      if (typeof node === 'string') return node
      return 'words' in node ? node.words : plainText(node.children)
    })
    .join('')

function linkTo(address: string, words: string): MarkdownNode {
  const link = readLink(address)
  return link.ok ? { tag: 'link', link: link.value, words: words.trim() || link.value.goal } : words
}

const attribute = (token: Token, name: string): string => String(token.attrGet(name) ?? '')

function leaf(token: Token): MarkdownNode[] {
  switch (token.type) {
    case 'text':
    case 'text_special':
      return [token.content]
    case 'code_inline':
      return [{ tag: 'code', children: [token.content] }]
    case 'fence':
      return [{ tag: 'pre', children: [{ tag: 'code', children: [token.content] }] }]
    case 'softbreak':
    case 'hardbreak':
      return [{ tag: 'br', children: [] }]
    case 'hr':
      return [{ tag: 'hr', children: [] }]
    case 'image':
      return [linkTo(attribute(token, 'src'), `${token.content} (picture)`.trim())]
    case 'inline':
      return treeOf(token.children ?? [])
    default:
      // A piece that is not known is shown by its words, as everything that is no link.
      return token.content ? [token.content] : []
  }
}

const tagOf = ({ type, tag }: Token): MarkdownTag => {
  if (type === 'heading_open') return tag === 'h1' || tag === 'h2' ? 'h3' : 'h4'
  return TAG_OF.get(type.replace(/_open$/, '')) ?? 'p'
}

/** Tokens come flat, with an opening and a closing one around what is inside. */
function treeOf(tokens: readonly Token[]): MarkdownNode[] {
  const root: MarkdownNode[] = []
  const open: (Frame & { readonly address: string | null })[] = []
  const add = (...nodes: MarkdownNode[]) => (open.at(-1)?.children ?? root).push(...nodes)
  for (const token of tokens) {
    if (token.nesting === 1) {
      const address = token.type === 'link_open' ? attribute(token, 'href') : null
      open.push({ tag: tagOf(token), children: [], address })
    } else if (token.nesting === 0) {
      add(...leaf(token))
    } else {
      const frame = open.pop()
      if (!frame) continue
      const { tag, children, address } = frame
      if (token.hidden) add(...children)
      else add(address === null ? { tag, children } : linkTo(address, plainText(children)))
    }
  }
  return root
}

/**
 * Reads a text. Refuses what is too long, has too many pieces or is nested so deeply that the
 * parser would leave something out.
 */
export function parseMarkdown(text: string): Result<readonly MarkdownNode[]> {
  if (text.length > MAX_LENGTH) return fail('too long')
  const tokens = parser.parse(text, {})
  const pieces = tokens.reduce((sum, { children }) => sum + 1 + (children?.length ?? 0), 0)
  if (pieces > MAX_PIECES) return fail('too many pieces')
  if (tokens.some(({ level }) => level >= MAX_NESTING - 1)) return fail('nested too deeply')
  return ok(treeOf(tokens))
}
