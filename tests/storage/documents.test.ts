import fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { fail, ok, type Result } from '@/domain/result'
import { createDocumentStore, type DocumentStoreOptions } from '@/storage/documents'
import { StorageError, type StorageProblem } from '@/storage/storageProblems'
import { createFakeBrowser } from './fakeBrowser'

interface Note {
  readonly words: string
  readonly loud: boolean
}

function parseNote(data: unknown): Result<Note> {
  const { words, loud } = (data ?? {}) as Partial<Note>
  if (typeof words !== 'string') return fail('words: missing')
  return typeof loud === 'boolean' ? ok({ words, loud }) : fail('loud: missing')
}

const FORMAT: DocumentStoreOptions<Note> = {
  prefix: 'souk:note:',
  version: 3,
  parse: parseNote,
  migrations: {
    1: (data) => ({ words: data }),
    2: (data) => ({ ...(data as object), loud: false }),
  },
}

function open(quota?: number) {
  const browser = createFakeBrowser(quota)
  const tab = browser.openTab()
  const problems: StorageProblem[] = []
  const store = createDocumentStore({
    ...FORMAT,
    storage: tab.storage,
    events: tab.events,
    onProblem: (problem) => problems.push(problem),
  })
  return { browser, tab, problems, store, storage: tab.storage }
}

const textOf = (version: number, data: unknown) => JSON.stringify({ version, data })
const note: Note = { words: 'hello', loud: true }

function asides(storage: Storage): { key: string; reason: string; text: string }[] {
  return Array.from({ length: storage.length }, (_, index) => storage.key(index)!)
    .filter((key) => key.startsWith('souk:aside:'))
    .map((key) => JSON.parse(storage.getItem(key)!))
}

function codeOf(action: () => void): string {
  try {
    action()
  } catch (error) {
    expect(error).toBeInstanceOf(StorageError)
    return (error as StorageError).code
  }
  return 'none'
}

describe('a record', () => {
  it('is {version, data} under its own key', () => {
    const { store, storage } = open()
    store.write('30017:a:b', note)
    expect(storage.getItem('souk:note:30017:a:b')).toBe(textOf(3, note))
    expect(store.read('30017:a:b')).toEqual(note)
    expect(store.read('other')).toBeNull()
  })

  it('is listed with its kind only, and can be removed', () => {
    const { store, storage } = open()
    storage.setItem('souk:other:1', 'not ours')
    storage.setItem('unrelated', 'not ours')
    store.write('a', note)
    store.write('b', { ...note, loud: false })
    expect([...store.readAll().keys()].sort()).toEqual(['a', 'b'])
    store.remove('a')
    store.remove('never there')
    expect([...store.readAll().keys()]).toEqual(['b'])
  })

  it.each([
    [1, 'hi'],
    [2, { words: 'hi' }],
    [3, { words: 'hi', loud: false }],
  ])('of version %i is brought up to date', (version, data) => {
    const { store, storage, problems } = open()
    storage.setItem('souk:note:a', textOf(version, data))
    expect(store.read('a')).toEqual({ words: 'hi', loud: false })
    expect(problems).toEqual([])
  })
})

describe('a record that cannot be read', () => {
  const bad: [string, string][] = [
    ['cut off', '{"version":3,"da'],
    ['empty', ''],
    ['no record', '7'],
    ['null', 'null'],
    ['without a version', '{"data":{}}'],
    ['of version 0', textOf(0, note)],
    ['of version 1.5', textOf(1.5, note)],
    ['refused by its parser', textOf(3, { words: 1 })],
    ['refused after migrating', textOf(1, 7)],
  ]
  it.each(bad)('(%s) is moved aside with the reason and reported', (_what, text) => {
    const { store, storage, problems } = open()
    storage.setItem('souk:note:a', text)
    store.write('b', note)
    expect(store.read('a')).toBeNull()
    expect([...store.readAll().keys()]).toEqual(['b'])
    expect(storage.getItem('souk:note:a')).toBeNull()
    expect(asides(storage)).toEqual([{ key: 'souk:note:a', reason: expect.any(String), text }])
    expect(storage.getItem('souk:aside:souk:note:a:1')).not.toBeNull()
    expect(problems).toMatchObject([{ code: 'moved-aside', key: 'souk:note:a' }])
  })

  it.each([
    [
      'throws',
      {
        1: () => {
          throw new Error('migration broke')
        },
        2: (data: unknown) => data,
      },
      'migration broke',
    ],
    ['is missing', {}, 'no way from version 1'],
  ])('because its migration %s is moved aside', (_what, migrations, reason) => {
    const { storage } = open()
    storage.setItem('souk:note:a', textOf(1, 'hi'))
    const store = createDocumentStore({ ...FORMAT, migrations, storage })
    expect(store.read('a')).toBeNull()
    expect(asides(storage)[0]!.reason).toContain(reason)
  })

  it('is moved aside before a write takes its place, and before a removal', () => {
    const { store, storage } = open()
    storage.setItem('souk:note:a', 'broken 1')
    store.write('a', note)
    storage.setItem('souk:note:a', 'broken 2')
    store.remove('a')
    expect(asides(storage).map(({ text }) => text)).toEqual(['broken 1', 'broken 2'])
    expect(storage.getItem('souk:aside:souk:note:a:2')).not.toBeNull()
  })

  it('stays in its place, unwritable, when there is no room to move it', () => {
    const text = `broken ${'x'.repeat(200)}`
    const { store, storage, problems } = open(300)
    storage.setItem('souk:note:a', text)
    expect(store.read('a')).toBeNull()
    expect(codeOf(() => store.write('a', note))).toBe('full')
    expect(codeOf(() => store.remove('a'))).toBe('full')
    expect(storage.getItem('souk:note:a')).toBe(text)
    expect(problems).toMatchObject([{ code: 'full', key: 'souk:note:a' }])
  })

  it('is not lost at whatever byte it was cut', () => {
    const whole = textOf(3, note)
    for (let length = 0; length < whole.length; length += 1) {
      const { store, storage } = open()
      storage.setItem('souk:note:a', whole.slice(0, length))
      expect(store.read('a')).toBeNull()
      expect(asides(storage)[0]!.text).toBe(whole.slice(0, length))
    }
  })

  it('is never lost and never throws, whatever it is', () => {
    const anything = fc.oneof(
      fc.string(),
      fc.json(),
      fc
        .record({ version: fc.oneof(fc.integer(), fc.anything()), data: fc.anything() })
        .map((record) => JSON.stringify(record)),
    )
    fc.assert(
      fc.property(anything, (text) => {
        const { store, storage } = open()
        storage.setItem('souk:note:a', text)
        const value = store.read('a')
        const kept = storage.getItem('souk:note:a') === text
        expect(kept || asides(storage)[0]!.text === text).toBe(true)
        if (value !== null) expect(parseNote(value).ok).toBe(true)
      }),
    )
  })
})

describe('a record of a newer version', () => {
  it('stays where it is, is reported once, and refuses to be changed', () => {
    const { store, storage, problems } = open()
    const text = textOf(4, { anything: 'new' })
    storage.setItem('souk:note:a', text)
    expect(store.read('a')).toBeNull()
    expect(store.readAll().size).toBe(0)
    expect(codeOf(() => store.write('a', note))).toBe('newer-version')
    expect(codeOf(() => store.remove('a'))).toBe('newer-version')
    expect(storage.getItem('souk:note:a')).toBe(text)
    expect(asides(storage)).toEqual([])
    expect(problems).toMatchObject([{ code: 'newer-version', key: 'souk:note:a' }])
  })
})

describe('a full browser', () => {
  it('refuses the write, says so, and keeps the old record', () => {
    const { store } = open(100)
    store.write('a', note)
    expect(codeOf(() => store.write('a', { ...note, words: 'x'.repeat(100) }))).toBe('full')
    expect(store.read('a')).toEqual(note)
  })
})

describe('other tabs', () => {
  function twoTabs() {
    const first = open()
    const other = first.browser.openTab()
    const heard: [string, Note | null][] = []
    const stop = first.store.onChange((key, value) => heard.push([key, value]))
    const theirs = createDocumentStore({ ...FORMAT, storage: other.storage })
    return { ...first, other, theirs, heard, stop }
  }

  it('are followed: writes, removals and clear', () => {
    const { browser, theirs, other, heard, store } = twoTabs()
    store.write('mine', note)
    browser.settle()
    theirs.write('theirs', note)
    browser.settle()
    theirs.remove('theirs')
    browser.settle()
    expect(heard).toEqual([
      ['theirs', note],
      ['theirs', null],
    ])
    heard.length = 0
    other.storage.clear()
    browser.settle()
    expect(heard).toContainEqual(['mine', null])
  })

  it('are not heard about other kinds, nor after stopping', () => {
    const { browser, theirs, other, heard, stop } = twoTabs()
    other.storage.setItem('souk:other:a', 'x')
    other.storage.setItem('zzz', 'x')
    browser.settle()
    expect(heard).toEqual([])
    stop()
    theirs.write('a', note)
    browser.settle()
    expect(heard).toEqual([])
  })

  it('that write something unreadable or newer do not take away what this tab shows', () => {
    const { browser, other, heard, problems } = twoTabs()
    other.storage.setItem('souk:note:a', 'broken')
    other.storage.setItem('souk:note:b', textOf(9, {}))
    browser.settle()
    expect(heard).toEqual([])
    expect(problems.map(({ code }) => code)).toEqual(['moved-aside', 'newer-version'])
  })
})

describe('a browser that lets nothing be stored', () => {
  afterEach(() => vi.unstubAllGlobals())

  function tryWithout() {
    const problems: StorageProblem[] = []
    const options = {
      ...FORMAT,
      onProblem: (problem: StorageProblem) => void problems.push(problem),
    }
    const store = createDocumentStore(options)
    store.write('a', note)
    expect(store.read('a')).toEqual(note)
    expect(createDocumentStore(options).read('a')).toEqual(note)
    store.remove('a')
    expect(problems[0]).toMatchObject({ code: 'unavailable', key: null })
    expect(problems[0]!.message).toContain('until this page is closed')
  }

  it('has no localStorage: memory, clearly reported', () => {
    vi.stubGlobal('localStorage', undefined)
    tryWithout()
  })

  it('throws on access: memory, clearly reported', () => {
    Object.defineProperty(globalThis, 'localStorage', {
      configurable: true,
      get: () => {
        throw new DOMException('denied', 'SecurityError')
      },
    })
    tryWithout()
    Reflect.deleteProperty(globalThis, 'localStorage')
  })

  it('throws on every write: unavailable, in words', () => {
    const { storage } = open()
    const refusing = {
      ...storage,
      setItem: () => {
        throw new Error('no')
      },
    }
    const store = createDocumentStore({ ...FORMAT, storage: refusing })
    expect(codeOf(() => store.write('a', note))).toBe('unavailable')
  })
})
