// @vitest-environment happy-dom
/** The drawn pictures are valid SVG files that load nothing from anywhere. */
import { describe, expect, it } from 'vitest'
import { drawPicture, pictureNames } from '../../../dev/catalogue/pictures/pictures'

const NAMESPACE = 'http://www.w3.org/2000/svg'
const ALLOWED = new Set(
  'svg defs linearGradient radialGradient stop clipPath filter feGaussianBlur g path ellipse circle rect text'.split(
    ' ',
  ),
)

/** The opening tags of a file, after checking that every one is closed in order. */
function elementsOf(file: string): string[] {
  const open: string[] = []
  const seen: string[] = []
  for (const [, end, name = '', empty] of file.matchAll(/<(\/?)([a-zA-Z]+)[^<>]*?(\/?)>/g)) {
    if (end) expect(open.pop()).toBe(name)
    else seen.push(name)
    if (!end && !empty) open.push(name)
  }
  expect(open).toEqual([])
  return seen
}

describe('the pictures', () => {
  it('are drawn for every product and merchant', () => {
    expect(pictureNames.length).toBeGreaterThanOrEqual(46)
    expect(drawPicture('no-such-picture')).toBeNull()
  })

  it.each(pictureNames)('%s is well-formed SVG', (name) => {
    const file = drawPicture(name) ?? ''
    const document = new DOMParser().parseFromString(file, 'image/svg+xml')
    expect(document.documentElement.tagName).toBe('svg')
    expect(document.querySelector('parsererror')).toBeNull()
    const strangers = elementsOf(file).filter((element) => !ALLOWED.has(element))
    expect(strangers).toEqual([])
    expect(file).not.toMatch(/NaN|undefined|null|Infinity/)
  })

  it.each(pictureNames)('%s refers only to its own definitions', (name) => {
    const file = drawPicture(name) ?? ''
    expect(file.replace(NAMESPACE, '')).not.toMatch(/https?:|\/\/|data:|href|<script|\son\w+=/i)
    const ids = new Set([...file.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id))
    const used = [...file.matchAll(/url\(#([^)]+)\)/g)].map(([, id]) => id)
    expect(used.filter((id) => !ids.has(id))).toEqual([])
    expect(file.match(/url\((?!#)/g)).toBeNull()
  })

  it('are small enough to send often', () => {
    for (const name of pictureNames) {
      expect((drawPicture(name) ?? '').length, name).toBeLessThan(100_000)
    }
  })
})
