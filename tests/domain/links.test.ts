/** Thirty hostile addresses become no link, honest ones do, and every goal is named. */
import { describe, expect, it } from 'vitest'
import { namesGoal, readLink } from '@/domain/links'

const HOSTILE = [
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  ' javascript:alert(1)',
  'java\tscript:alert(1)',
  'java\nscript:alert(1)',
  '\u0001javascript:alert(1)',
  'javascript\u200b:alert(1)',
  'javascript://shop.example/%0aalert(1)',
  'data:text/html,<script>alert(1)</script>',
  'data:text/html;base64,PHNjcmlwdD4=',
  'data:image/svg+xml,<svg onload=alert(1)>',
  'vbscript:msgbox(1)',
  'blob:https://shop.example/1',
  'file:///etc/passwd',
  'http://shop.example/',
  '//shop.example/',
  '/orders',
  'https:shop.example',
  'https:///shop.example',
  'https://bank.example@evil.example/',
  'https://user:secret@evil.example/',
  'https:\\\\evil.example',
  'https://evil.example\\@bank.example/',
  'https://bank.example/\u202egpj.exe',
  'https://',
  'https://shop.example/a b',
  'lightning:javascript:alert(1)',
  'lightning:"><script>',
  'bitcoin:bc1q"><img>',
  'intent://scan/#Intent;scheme=zxing;end',
  'ftp://shop.example/',
  `https://shop.example/${'a'.repeat(2000)}`,
]

const goalOf = (text: string) => {
  const link = readLink(text)
  return link.ok ? link.value.goal : null
}

describe('links', () => {
  it.each(HOSTILE)('refuses %j', (address) => {
    expect(readLink(address).ok).toBe(false)
  })

  it('takes https, lightning and bitcoin, each with its goal', () => {
    expect(goalOf('https://Shop.Example/tea?x=1#y')).toBe('shop.example')
    expect(goalOf('HTTPS://shop.example:8443/')).toBe('shop.example:8443')
    expect(goalOf('lightning:lnbc1abc')).toBe('Lightning wallet')
    expect(goalOf('lightning:ada@shop.example')).toBe('Lightning wallet')
    expect(goalOf('bitcoin:bc1qabc?amount=0.01&label=Tea%20pot')).toBe('Bitcoin wallet')
  })

  it('shows a look-alike host in letters that cannot be confused', () => {
    expect(goalOf('https://аpple.example/')).toMatch(/^xn--/)
  })

  it('knows which words already name the goal', () => {
    const link = readLink('https://shop.example/tea')
    if (!link.ok) throw new Error(link.reason)
    expect(namesGoal('https://shop.example/tea', link.value)).toBe(true)
    expect(namesGoal('shop.example', link.value)).toBe(true)
    expect(namesGoal('bank.example', link.value)).toBe(false)
    expect(namesGoal('shop.example.evil.example', link.value)).toBe(false)
  })
})
