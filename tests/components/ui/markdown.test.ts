// @vitest-environment happy-dom
/** Markdown of strangers: only known pieces come of it, and nothing hangs or is left out. */
import { flushPromises, mount } from '@vue/test-utils'
import { describe, expect, it, vi } from 'vitest'
import { parseMarkdown, type MarkdownNode } from '@/components/ui/markdownTree'
import UiLongText from '@/components/ui/UiLongText.vue'
import UiMarkdown from '@/components/ui/UiMarkdown.vue'

async function shown(text: string) {
  const wrapper = mount(UiMarkdown, { props: { text } })
  await vi.dynamicImportSettled()
  await flushPromises()
  return wrapper
}

const wordsOf = (nodes: readonly MarkdownNode[]): string =>
  nodes
    .map((node) => {
      if (typeof node === 'string') return node
      return 'words' in node ? node.words : wordsOf(node.children)
    })
    .join('')

describe('markdown', () => {
  it('draws headings below those of the page, lists, emphasis, code, quotes and rules', async () => {
    const wrapper = await shown(
      '# Tea\n\n## Black\n\n### Assam\n\n- *one*\n- **two**\n\n3. three\n\n> said\n\n`x`\n\n```js\ny\n```\n\n---\nend\nof it',
    )
    const tags = [...wrapper.element.querySelectorAll('*')].map(({ tagName }) => tagName)
    expect(tags.join(' ').toLowerCase()).toBe(
      'h3 h3 h4 ul li em li strong ol li blockquote p p code pre code hr p br',
    )
    expect(wrapper.text()).toContain('Assam')
  })

  it('names the host of a link whose words say something else', async () => {
    const wrapper = await shown('[my bank](https://evil.example/login) and <https://shop.example/>')
    const [first, second] = wrapper.findAll('a')
    expect(first!.text()).toContain('my bank (evil.example)')
    expect(first!.attributes()).toMatchObject({
      href: 'https://evil.example/login',
      target: '_blank',
      rel: 'noopener noreferrer nofollow ugc',
      referrerpolicy: 'no-referrer',
    })
    expect(second!.text()).toMatch(/^https:\/\/shop\.example\/\s*\(opens in a new tab\)$/)
  })

  it('loads no picture: a picture is a link that names its host', async () => {
    const wrapper = await shown('![our shop](https://pictures.example/spy.png)')
    expect(wrapper.find('img').exists()).toBe(false)
    expect(wrapper.get('a').text()).toContain('our shop (picture) (pictures.example)')
  })

  it.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '[a](javascript:alert(1))',
    '[a](JAVASCRIPT&colon;alert(1))',
    '[a](&#106;avascript:alert(1))',
    '[a](data:text/html,<script>alert(1)</script>)',
    '![a](javascript:alert(1))',
    '![a](data:image/svg+xml,<svg onload=alert(1)>)',
    '<javascript:alert(1)>',
    '[a](<javascript:alert(1)>)',
    '[a](https://bank.example@evil.example/)',
    '[a]: javascript:alert(1)\n\n[a]',
    '[a](https://x.example "onmouseover=alert(1)")',
    '```<script>\nalert(1)\n```',
    '**<svg/onload=alert(1)>**',
  ])('makes nothing dangerous of %j', async (text) => {
    const wrapper = await shown(text)
    expect(wrapper.element.querySelector('script, img, svg:not(.lucide), iframe')).toBeNull()
    for (const link of wrapper.findAll('a')) {
      expect(link.attributes('href')).toMatch(/^https:\/\/x\.example/)
    }
    for (const element of wrapper.element.querySelectorAll('*')) {
      expect(element.getAttributeNames().filter((name: string) => name.startsWith('on'))).toEqual(
        [],
      )
    }
  })

  it('shows as written what is nested too deeply, or is too long, or in too many pieces', () => {
    const deep = `${'> '.repeat(10_000)}bottom`
    expect(parseMarkdown(deep.slice(-9000))).toEqual({ ok: false, reason: 'nested too deeply' })
    expect(parseMarkdown(deep)).toEqual({ ok: false, reason: 'too long' })
    expect(parseMarkdown('---\n'.repeat(2499))).toMatchObject({ ok: true })
    expect(parseMarkdown('*a* '.repeat(2000))).toEqual({ ok: false, reason: 'too many pieces' })
  })

  it('is done soon with texts made to keep it busy', () => {
    const hostile = [
      '[',
      '![[',
      '[a](',
      '*a **a ',
      '_a __',
      '`',
      '<a@',
      '> - a\n',
      '| a ',
      '&',
      '- ',
    ]
    for (const piece of hostile) {
      const text = piece.repeat(10_000 / piece.length)
      const before = performance.now()
      const parsed = parseMarkdown(text)
      expect(performance.now() - before, piece).toBeLessThan(3000)
      if (parsed.ok && piece === '[') expect(wordsOf(parsed.value)).toBe(text)
    }
  })
})

describe('UiLongText', () => {
  it('leaves plain words plain, and markdown too where it is not asked for', async () => {
    for (const props of [{ text: 'Two\nlines', markdown: true }, { text: '*one*\ntwo' }]) {
      const wrapper = mount(UiLongText, { props })
      await vi.dynamicImportSettled()
      expect(wrapper.get('p').text()).toBe(props.text)
      expect(wrapper.find('em').exists()).toBe(false)
    }
  })

  it('folds what is long', async () => {
    const wrapper = mount(UiLongText, { props: { text: 'word '.repeat(600) } })
    expect(wrapper.get('p').text()).toHaveLength(1501)
    await wrapper.get('button').trigger('click')
    expect(wrapper.get('p').text().length).toBeGreaterThan(2500)
    expect(wrapper.get('button').text()).toBe('Show less')
  })
})
