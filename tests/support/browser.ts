/** The browser of a test: its storage, when it is full, and another tab that writes to it. */
import { afterEach, beforeEach, vi } from 'vitest'

/** Everything written to an area, in one text. */
export const dump = (...areas: Storage[]): string =>
  areas
    .flatMap((area) => Array.from({ length: area.length }, (_, n) => area.getItem(area.key(n)!)))
    .join()

const ways: (() => void)[] = []
afterEach(() => ways.splice(0).forEach((makeRoom) => makeRoom()))

/** Until the end of the test, or until the returned way back, nothing can be written under a prefix. */
export function fillStorage(area: Storage = localStorage, prefix = ''): () => void {
  const { setItem } = area
  const put = (value: Storage['setItem']) =>
    Object.defineProperty(area, 'setItem', { configurable: true, writable: true, value })
  put((key, text) => {
    if (!key.startsWith(prefix)) return setItem.call(area, key, text)
    throw new DOMException('The quota has been exceeded.', 'QuotaExceededError')
  })
  const makeRoom = () => void put(setItem)
  ways.push(makeRoom)
  return makeRoom
}

// Stores live as long as their page. A test's page ends with it, so that it hears of no later one.
const heard: EventListenerOrEventListenerObject[] = []
beforeEach(() => {
  const add = window.addEventListener.bind(window)
  vi.spyOn(window, 'addEventListener').mockImplementation(
    (type: string, listener: EventListenerOrEventListenerObject) => {
      if (type === 'storage') heard.push(listener)
      add(type, listener)
    },
  )
})
afterEach(() => {
  vi.mocked(window.addEventListener).mockRestore()
  for (const listener of heard.splice(0)) window.removeEventListener('storage', listener)
  localStorage.clear()
  sessionStorage.clear()
})

/** Tells this tab about what another one wrote or removed under `key`. */
export function tellOfOtherTab(key: string): void {
  window.dispatchEvent(new StorageEvent('storage', { key, storageArea: localStorage }))
}
