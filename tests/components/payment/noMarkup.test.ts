/** What others wrote is shown as text: no component renders markup. */
import { expect, it } from 'vitest'

const sources = import.meta.glob<string>('../../../src/components/**/*.{vue,ts}', {
  query: '?raw',
  import: 'default',
  eager: true,
})

it('has no way for markup into the page', () => {
  expect(Object.keys(sources).length).toBeGreaterThan(40)
  const offenders = Object.entries(sources)
    .filter(([, text]) =>
      /v-html|innerHTML|outerHTML|insertAdjacentHTML|document\.write/.test(text),
    )
    .map(([path]) => path)
  expect(offenders).toEqual([])
})
