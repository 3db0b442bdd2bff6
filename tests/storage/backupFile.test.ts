/** The file of a backup: opens with its password alone, and says what is wrong with any other file. */
import { afterEach, describe, expect, it, vi } from 'vitest'
import { openBackup, sealBackup } from '@/storage/backupFile'

const PASSWORD = 'correct horse battery'
const TEXT = JSON.stringify({ words: '日本 and more', n: 1 })
const seal = (password = PASSWORD) => sealBackup(TEXT, password, { logN: 4 })
const reasonOf = async (file: string, password = PASSWORD) => {
  const opened = await openBackup(file, password)
  return opened.ok ? 'opened' : opened.reason
}
const changed = (file: string, change: object) =>
  JSON.stringify({ ...(JSON.parse(file) as object), ...change })

describe('a sealed backup', () => {
  it('opens with its password and holds nothing in clear', async () => {
    const file = await seal()
    expect(await openBackup(file, PASSWORD)).toEqual({ ok: true, value: TEXT })
    expect(file).not.toContain('words')
    expect(await seal()).not.toBe(file)
  })

  it('opens with a password that is typed on another keyboard', async () => {
    expect(await reasonOf(await seal('pa\u00dfw\u00f6rd long'), 'pa\u00dfwo\u0308rd long')).toBe(
      'opened',
    )
  })

  it('asks for enough work that guessing is slow', async () => {
    const progress: number[] = []
    const file = await sealBackup(TEXT, PASSWORD, { onProgress: (done) => progress.push(done) })
    expect(JSON.parse(file)).toMatchObject({ souk: 'backup', version: 1, logN: 17 })
    expect(progress.length).toBeGreaterThan(10)
    expect(Math.max(...progress)).toBe(1)
  })

  it('is never sealed under nothing', async () => {
    await expect(seal('')).rejects.toThrow(TypeError)
  })
})

describe('a file that does not open says why', () => {
  afterEach(() => void vi.unstubAllGlobals())

  it('where the device has too little memory for it', async () => {
    const file = await seal()
    const noRoom = () => {
      throw new RangeError('Array buffer allocation failed')
    }
    vi.stubGlobal('Uint32Array', new Proxy(Uint32Array, { construct: noRoom }))
    expect(await reasonOf(file)).toContain('too little memory')
  })

  it.each(['', 'correct horse batterz', ' correct horse battery', 'Correct horse battery'])(
    'with the password "%s"',
    async (password) => expect(await reasonOf(await seal(), password)).toContain('password'),
  )

  it('at whatever byte it was cut', async () => {
    const file = await seal()
    for (let length = 0; length < file.length; length += 1) {
      const reason = await reasonOf(file.slice(0, length))
      expect(reason).toMatch(length < 16 ? /not a backup/ : /cut off/)
    }
  })

  it('at whatever letter of it was changed', async () => {
    const file = await seal()
    const { sealed } = JSON.parse(file) as { sealed: string }
    for (let at = 0; at < sealed.length; at += 1) {
      const letter = sealed[at] === 'A' ? 'B' : 'A'
      const other = sealed.slice(0, at) + letter + sealed.slice(at + 1)
      expect(await reasonOf(changed(file, { sealed: other }))).toContain('damaged')
    }
  })

  it.each([
    ['nothing', 'not a backup', () => ''],
    ['a picture', 'not a backup', () => '\x89PNG'],
    ['other JSON', 'not a backup', () => '{"orders":[]}'],
    ['a list', 'not a backup', () => '[]'],
    ['null', 'not a backup', () => 'null'],
    ['a newer version', 'newer Souk', (file: string) => changed(file, { version: 2 })],
    ['no version', 'damaged', (file: string) => changed(file, { version: null })],
    ['no salt', 'damaged', (file: string) => changed(file, { salt: '' })],
    ['endless work', 'more work', (file: string) => changed(file, { logN: 30 })],
    ['another salt', 'password', (file: string) => changed(file, { salt: '0'.repeat(64) })],
    ['less work than was done', 'password', (file: string) => changed(file, { logN: 3 })],
  ])('holding %s', async (_what, words, make) => {
    expect(await reasonOf(make(await seal()))).toContain(words)
  })
})
