/** A tab that dies at its n-th step: nothing that it does from then on leaves a trace. */
import type { Signer } from '@/protocol/signer'
import { loggingSigner } from '../factories/ports'
import type { Person } from '../factories/people'

export class Fuse {
  /** How many steps there have been. */
  steps = 0
  dead = false
  readonly #last: number

  /** @param last the number of the step at which the tab dies, before that step; Infinity for never */
  constructor(last = Infinity) {
    this.#last = last
  }

  /** One step. True when the tab lives on and the step is to be done. */
  step(): boolean {
    if (this.dead) return false
    this.steps += 1
    if (this.steps >= this.#last) this.dead = true
    return !this.dead
  }

  /** A step whose answer never comes to a tab that died before or after it. */
  async call<T>(task: () => Promise<T>): Promise<T> {
    if (!this.step()) return new Promise<T>(() => undefined)
    const result = await task()
    return this.step() ? result : new Promise<T>(() => undefined)
  }
}

let current = new Fuse()

/** Every write of this window counts as a step of the tab that `use` named last. */
export function use(fuse: Fuse): Fuse {
  current = fuse
  return fuse
}

/** Puts the fuse between the app and localStorage. Returns the way back. */
export function watchWrites(area: Storage = localStorage): () => void {
  const { setItem, removeItem } = area
  const put = (name: 'setItem' | 'removeItem', value: unknown) =>
    Object.defineProperty(area, name, { configurable: true, writable: true, value })
  put('setItem', (key: string, text: string) => {
    if (!current.step()) throw new Error('The tab is closed.')
    setItem.call(area, key, text)
  })
  put('removeItem', (key: string) => {
    if (!current.step()) throw new Error('The tab is closed.')
    removeItem.call(area, key)
  })
  return () => {
    put('setItem', setItem)
    put('removeItem', removeItem)
  }
}

/** A signer whose every call is a step. */
export function fusedSigner(person: Person, fuse: Fuse): Signer {
  const signer = loggingSigner(person)
  return {
    ...signer,
    publicKey: signer.publicKey,
    sign: (template) => fuse.call(() => signer.sign(template)),
    nip04Encrypt: (peer, text) => fuse.call(() => signer.nip04Encrypt(peer, text)),
  }
}

type Held = (lock: Lock | null) => unknown

/** Web Locks of one browser. `releaseAll` is what a browser does for tabs that are gone. */
export function fakeLocks() {
  let queues = new Map<string, Promise<unknown>>()
  const request = async (name: string, ...rest: unknown[]): Promise<unknown> => {
    const held = rest.at(-1) as Held
    const { ifAvailable = false } = (rest.length > 1 ? rest[0] : {}) as LockOptions
    const before = queues.get(name)
    if (before && ifAvailable) return held(null)
    const here = queues
    const turn = (async () => {
      await before?.catch(() => undefined)
      return held({ name, mode: 'exclusive' })
    })()
    here.set(name, turn)
    const free = () => void (here.get(name) === turn && here.delete(name))
    turn.then(free, free)
    return turn
  }
  return { request, releaseAll: () => void (queues = new Map()) }
}
