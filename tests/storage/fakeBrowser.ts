/** A browser with several tabs over one storage area: as little prompt, and as easily full, as real ones. */

class FakeStorageEvent extends Event {
  readonly key: string | null
  readonly storageArea: Storage

  constructor(key: string | null, storageArea: Storage) {
    super('storage')
    this.key = key
    this.storageArea = storageArea
  }
}

interface Change {
  readonly by: FakeTab
  /** Null is `clear()`. */
  readonly key: string | null
  readonly text: string | null
}

export interface FakeTab {
  readonly storage: Storage
  readonly events: EventTarget
  readonly view: Map<string, string>
}

export interface FakeBrowser {
  openTab(): FakeTab
  /**
   * Lets the tabs see each other's changes, without their events yet. Until then they do not, and a
   * tab's own later change of the same key prevails: so do browsers with a process for each tab.
   */
  propagate(): void
  /** Propagates and dispatches the events, until nothing more happens. */
  settle(): void
}

const QUOTA_ERROR = () => new DOMException('The quota has been exceeded.', 'QuotaExceededError')

export function createFakeBrowser(quota = Infinity): FakeBrowser {
  const tabs: FakeTab[] = []
  const stored = new Map<string, string>()
  const undispatched: { readonly tab: FakeTab; readonly key: string | null }[] = []
  let queue: Change[] = []

  function record(change: Change): void {
    const { by, key, text } = change
    if (key === null) by.view.clear()
    else if (text === null) by.view.delete(key)
    else by.view.set(key, text)
    queue.push(change)
  }

  function sizeOf(view: Map<string, string>): number {
    return [...view].reduce((sum, [key, text]) => sum + key.length + text.length, 0)
  }

  function openTab(): FakeTab {
    const view = new Map(stored)
    const storage: Storage = {
      get length() {
        return view.size
      },
      key: (index) => [...view.keys()][index] ?? null,
      getItem: (key) => view.get(key) ?? null,
      setItem(key, text) {
        const next = new Map(view).set(key, text)
        if (sizeOf(next) > quota) throw QUOTA_ERROR()
        record({ by: tab, key, text })
      },
      removeItem(key) {
        if (view.has(key)) record({ by: tab, key, text: null })
      },
      clear: () => record({ by: tab, key: null, text: null }),
    }
    const tab: FakeTab = { storage, events: new EventTarget(), view }
    tabs.push(tab)
    return tab
  }

  function apply(view: Map<string, string>, { key, text }: Change): void {
    if (key === null) view.clear()
    else if (text === null) view.delete(key)
    else view.set(key, text)
  }

  function propagate(): void {
    for (let change = queue[0]; change; change = queue[0]) {
      queue = queue.slice(1)
      apply(stored, change)
      for (const tab of tabs) {
        if (tab === change.by) continue
        const { key } = change
        const ownPending = queue.some((later) => later.by === tab && later.key === key)
        if (!ownPending) apply(tab.view, change)
        undispatched.push({ tab, key })
      }
    }
  }

  function settle(): void {
    propagate()
    for (let next = undispatched.shift(); next; next = undispatched.shift()) {
      next.tab.events.dispatchEvent(new FakeStorageEvent(next.key, next.tab.storage))
      propagate()
    }
  }

  return { openTab, propagate, settle }
}
