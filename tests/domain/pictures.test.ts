/** Which pictures are loaded: by address, by size, by the person's choice. */
import { describe, expect, it } from 'vitest'
import { isDrawable, isLoadedUnasked, isPicture, pictureHost } from '@/domain/pictures'
import { MERCHANT, OTHER_MERCHANT } from '../factories/people'

const WEB = 'souk.example'
const HERE = '127.0.0.1'

describe('pictures', () => {
  it.each([
    'javascript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'data:image/svg+xml;base64,PHN2Zz4=',
    'data:image/png;base64,"onerror=alert(1)',
    `data:image/png;base64,${'A'.repeat(100_000)}`,
    'http://pictures.example/a.png',
    'http://127.0.0.1/a.png',
    '//pictures.example/a.png',
    '/\\pictures.example/a.png',
    'https://name:word@pictures.example/a.png',
    'https://',
    'blob:https://souk.example/1',
    'file:///etc/passwd',
    'ftp://pictures.example/a.png',
    '',
  ])('does not load %j', (address) => {
    expect(isPicture(address, WEB)).toBe(false)
  })

  it('loads https, own files and small pictures in the address itself', () => {
    expect(isPicture('https://pictures.example/a.png', WEB)).toBe(true)
    expect(isPicture('/pictures/tea.svg', WEB)).toBe(true)
    expect(isPicture('data:image/png;base64,iVBORw0KGgo=', WEB)).toBe(true)
  })

  it('loads http between a page and a server of this machine alone', () => {
    expect(isPicture('http://127.0.0.1:7770/pictures/tea.svg', HERE)).toBe(true)
    expect(isPicture('http://192.168.0.1/reboot.png', HERE)).toBe(false)
    expect(isPicture('http://localhost:7770/pictures/tea.svg', WEB)).toBe(false)
  })

  it('names the host that learns of it', () => {
    expect(pictureHost('https://Pictures.example/a.png')).toBe('pictures.example')
    expect(pictureHost('/pictures/tea.svg')).toBe('')
  })

  it('draws no picture that would fill the memory', () => {
    expect(isDrawable(4000, 3000)).toBe(true)
    expect(isDrawable(20_000, 10)).toBe(false)
    expect(isDrawable(10_000, 10_000)).toBe(false)
  })

  it('loads unasked what was chosen, and a trusted merchant only where it asks', () => {
    const merchants = [MERCHANT.pubkey]
    const of = (mode: 'load' | 'ask' | 'off', from: string) =>
      isLoadedUnasked({ mode, merchants }, from)
    expect(of('load', OTHER_MERCHANT.pubkey)).toBe(true)
    expect(of('ask', OTHER_MERCHANT.pubkey)).toBe(false)
    expect(of('ask', MERCHANT.pubkey)).toBe(true)
    expect(of('ask', `30018:${MERCHANT.pubkey}:tea`)).toBe(true)
    expect(of('ask', `30018:${OTHER_MERCHANT.pubkey}:${MERCHANT.pubkey}`)).toBe(false)
    expect(of('off', MERCHANT.pubkey)).toBe(false)
  })
})
