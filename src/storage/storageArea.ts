/** Opens the browser's storage areas, with a clearly reported stand-in in memory where they are missing. */
import type { ReportProblem } from './storageProblems'

export type AreaName = 'localStorage' | 'sessionStorage'

/** A storage area that lasts as long as the page. */
export function createMemoryStorage(): Storage {
  const entries = new Map<string, string>()
  return {
    get length() {
      return entries.size
    },
    key: (index) => [...entries.keys()][index] ?? null,
    getItem: (key) => entries.get(key) ?? null,
    setItem: (key, text) => void entries.set(key, text),
    removeItem: (key) => void entries.delete(key),
    clear: () => entries.clear(),
  }
}

// One stand-in an area, so that everything on the page sees the same records.
const standIns = new Map<AreaName, Storage>()

function standIn(name: AreaName): Storage {
  const existing = standIns.get(name)
  if (existing) return existing
  const created = createMemoryStorage()
  standIns.set(name, created)
  return created
}

/** Private windows and strict settings throw on mere access, so it is touched inside the try. */
function probe(name: AreaName): Storage | null {
  try {
    const area: Storage | undefined = globalThis[name]
    area?.getItem('souk:probe')
    return area ?? null
  } catch {
    return null
  }
}

const SHARED_COMPUTER = 'souk:shared-computer'

/** True when the person said that others use this computer: then nothing may outlast the tab. */
export const isSharedComputer = (): boolean =>
  probe('sessionStorage')?.getItem(SHARED_COMPUTER) === 'yes'

/** For this tab, from its next start on. */
export function markSharedComputer(shared: boolean): void {
  const area = probe('sessionStorage')
  if (shared) area?.setItem(SHARED_COMPUTER, 'yes')
  else area?.removeItem(SHARED_COMPUTER)
}

/** On a shared computer everything is in the area that ends with the tab. */
const placeOf = (name: AreaName): AreaName =>
  name === 'localStorage' && isSharedComputer() ? 'sessionStorage' : name

/** The browser's own area, or one in memory with a report that says what that means. */
export function openStorage(name: AreaName, onProblem: ReportProblem): Storage {
  const area = probe(placeOf(name))
  if (area) return area
  onProblem({
    code: 'unavailable',
    key: null,
    message:
      'This browser does not let Souk store anything, so carts and orders are kept only until this page is closed. Allow site data, or leave the private window.',
  })
  return standIn(name)
}

/** True for an area that is gone after a reload. */
export const isStandIn = (area: Storage): boolean => [...standIns.values()].includes(area)

/** All keys of an area that begin with a prefix, in a list of its own: safe to write meanwhile. */
export function keysWith(area: Storage, prefix: string): string[] {
  const keys: string[] = []
  for (let index = 0; index < area.length; index += 1) {
    const key = area.key(index)
    if (key?.startsWith(prefix)) keys.push(key)
  }
  return keys
}

/** Whether anything is kept under a prefix, without opening it. */
export const hasRecords = (name: AreaName, prefix: string): boolean => {
  const area = probe(placeOf(name))
  return area !== null && keysWith(area, prefix).length > 0
}
