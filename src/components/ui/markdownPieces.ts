/** Draws a tree of markdown with elements of our own choice; texts stay texts. */
import { h, type FunctionalComponent, type VNodeArrayChildren } from 'vue'
import type { MarkdownNode, MarkdownTag } from './markdownTree'
import UiExternalLink from './UiExternalLink.vue'

const CLASSES: Partial<Record<MarkdownTag, string>> = {
  h3: 'mt-2 text-base font-semibold',
  h4: 'mt-2 text-base font-medium',
  ul: 'grid list-disc gap-1 pl-6',
  ol: 'grid list-decimal gap-1 pl-6',
  blockquote: 'grid gap-2 border-l-3 border-line-strong pl-4 text-muted',
  pre: 'overflow-x-auto rounded-md bg-sunken p-3 text-sm',
  code: 'rounded-sm bg-sunken px-1 font-mono text-[0.9em]',
  hr: 'border-line',
}

const draw = (nodes: readonly MarkdownNode[]): VNodeArrayChildren =>
  nodes.map((node) => {
    if (typeof node === 'string') return node
    if (node.tag === 'link') return h(UiExternalLink, { link: node.link, words: node.words })
    return h(node.tag, { class: CLASSES[node.tag] }, draw(node.children))
  })

export const MarkdownPieces: FunctionalComponent<{ nodes: readonly MarkdownNode[] }> = ({
  nodes,
}) => draw(nodes)
MarkdownPieces.props = ['nodes']
