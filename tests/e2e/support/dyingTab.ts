/** A tab that dies at a write to the storage: nothing that it does from then on leaves a trace. */
import type { Page } from '@playwright/test'

/** What the dead tab's code is told; guards should let it pass. */
export const DEAD = /The tab is closed\./

/** Which write it is: the n-th to a record whose name holds this text. */
interface LastWrite {
  readonly name: string
  readonly nth: number
}

/** Runs in the page: it may use nothing from outside of itself. */
function arm({ name, nth }: LastWrite): void {
  let writes = 0
  const { setItem, removeItem } = Storage.prototype
  const { send } = WebSocket.prototype
  const isDead = () => writes >= nth
  function step(key: string): void {
    if (key.includes(name)) writes += 1
    if (!isDead()) return
    document.documentElement.dataset.died = 'yes'
    throw new Error('The tab is closed.')
  }
  Storage.prototype.setItem = function (key, text) {
    step(key)
    setItem.call(this, key, text)
  }
  Storage.prototype.removeItem = function (key) {
    step(key)
    removeItem.call(this, key)
  }
  WebSocket.prototype.send = function (data) {
    if (!isDead()) send.call(this, data)
  }
  window.fetch = new Proxy(window.fetch, {
    apply: (call, self, given) =>
      isDead() ? new Promise(() => undefined) : Reflect.apply(call, self, given),
  })
}

/** From now on counts the page's writes; before that one it dies. */
export const dieAtWrite = (page: Page, last: LastWrite): Promise<void> => page.evaluate(arm, last)

/** Closes the tab once it has died. */
export async function closeDead(page: Page): Promise<void> {
  await page.locator('html[data-died]').waitFor({ state: 'attached' })
  await page.close()
}
