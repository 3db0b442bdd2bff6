/** What runs inside the measured page. It may use nothing from outside of itself. */

/** What a visit is waited for. */
export interface Expected {
  readonly products: number
  readonly stalls: number
  /** How the name of every stall begins. */
  readonly stallName: string
}

/** Milliseconds since the navigation began. */
export interface Moments {
  readonly firstCard?: number
  readonly firstStall?: number
  readonly allProducts?: number
  readonly allStalls?: number
}

interface MeteredWindow {
  readonly benchMeter: { readonly moments: Moments; readonly longTasks: number[] }
}

/** Notes when things appear in the page. Runs before any script of the app. */
export function installMeter({ products, stalls, stallName }: Expected): void {
  const moments: Record<string, number> = {}
  const longTasks: number[] = []
  const mark = (name: string, reached: boolean) => {
    if (reached) moments[name] ??= performance.now()
  }
  const countsInLead = () => {
    const lead = document.querySelector('main h1 + p')?.textContent ?? ''
    const counts = /^([\d,.]+) products? from (\d+) stall/.exec(lead)
    return { products: Number(counts?.[1]?.replace(/\D/g, '')), stalls: Number(counts?.[2]) }
  }
  const look = () => {
    const card = document.querySelector('main article a[href^="/product/"]')
    if (!card) return
    const stallOfCard = document.querySelector('main article h2 + p')?.textContent ?? ''
    const counts = countsInLead()
    mark('firstCard', true)
    mark('firstStall', stallOfCard.trim().startsWith(stallName))
    mark('allProducts', counts.products === products)
    mark('allStalls', counts.products === products && counts.stalls === stalls)
    if (moments.allStalls && moments.firstStall) observer.disconnect()
  }
  const observer = new MutationObserver(look)
  observer.observe(document, { childList: true, characterData: true, subtree: true })
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) longTasks.push(duration)
  }).observe({ type: 'longtask', buffered: true })
  performance.setResourceTimingBufferSize(2000)
  Object.assign(window, { benchMeter: { moments, longTasks } })
}

export interface LoadedFile {
  readonly path: string
  /** As sent, compressed where the server does that; 0 when it came from the browser's cache. */
  readonly sent: number
  readonly compressed: number
  readonly plain: number
}

export interface Reading {
  readonly moments: Moments
  readonly longestTask: number
  readonly files: readonly LoadedFile[]
}

/** Reads the meter. */
export function readMeter(): Reading {
  const { moments, longTasks } = (window as unknown as MeteredWindow).benchMeter
  const resources = performance.getEntriesByType('resource') as PerformanceResourceTiming[]
  const files = resources.map((entry) => ({
    path: new URL(entry.name).pathname,
    sent: entry.transferSize,
    compressed: entry.encodedBodySize,
    plain: entry.decodedBodySize,
  }))
  return { moments, longestTask: Math.max(0, ...longTasks), files }
}

/** True once everything is on the page and the relay has nothing more that was asked for. */
export function isOver(): number | false {
  const { moments } = (window as unknown as MeteredWindow).benchMeter
  const root = document.querySelector('#app') as unknown as {
    __vue_app__?: {
      config: { globalProperties: { $pinia: { state: { value: Record<string, unknown> } } } }
    }
  } | null
  const stores = root?.__vue_app__?.config.globalProperties.$pinia.state.value
  const catalogue = stores?.catalogue as { storedBy: ReadonlySet<string> } | undefined
  const caughtUp = moments.allStalls !== undefined && (catalogue?.storedBy.size ?? 0) > 0
  return caughtUp && performance.now()
}

/** How many events the page's cache holds. */
export function cachedEvents(): Promise<number> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('souk-events')
    opening.onerror = () => reject(opening.error)
    opening.onsuccess = () => {
      const database = opening.result
      const counting = database.transaction('events').objectStore('events').count()
      counting.onerror = () => reject(counting.error)
      counting.onsuccess = () => {
        database.close()
        resolve(counting.result)
      }
    }
  })
}
