/** Gathers what a backup holds from the open records, and merges one into them. */
import { defineStore } from 'pinia'
import type { Cart } from '@/domain/cart'
import { mergeCarts } from '@/domain/cartMerge'
import { unionOfFacts } from '@/domain/factOrder'
import { orderKey, type Pubkey } from '@/domain/ids'
import type { Result } from '@/domain/result'
import { digestOf, readContents, withProof, writeContents } from '@/storage/backupContents'
import type { ReadBackup } from '@/storage/backupContents'
import { openBackup, sealBackup, type OnProgress } from '@/storage/backupFile'
import { createOutboxDocuments } from '@/storage/outboxDocuments'
import { useCartsStore } from './carts'
import { useNoticesStore } from './notices'
import { useOrdersStore } from './orders'
import { useSettingsStore } from './settings'

type Contents = ReadBackup['contents']
type Proof = Parameters<typeof withProof>[1]

export type { ReadBackup }

/** What importing would change. */
export interface BackupNews {
  /** Orders that this browser does not have. */
  readonly orders: number
  /** Facts, in these and in orders that it has. */
  readonly facts: number
  readonly texts: number
  readonly carts: number
  readonly unsent: number
  readonly settings: boolean
}

const CLOSED =
  'Your orders are not open. Sign in, or unlock your key, and then export or import again.'
const SWITCHED = 'You use another key now than when you opened this backup. Open it again.'

export const useBackupStore = defineStore('backup', () => {
  const orders = useOrdersStore()
  const carts = useCartsStore()
  const settings = useSettingsStore()
  const outbox = createOutboxDocuments({ onProblem: useNoticesStore().tellStorageProblem })

  /** Throws while nobody is signed in, or locked. */
  function opened() {
    const records = orders.kept()
    if (!records) throw new Error(CLOSED)
    return records
  }

  /** The person may have switched to another key since a backup was opened. */
  function openedOf(owner: Pubkey) {
    const records = opened()
    if (records.owner !== owner) throw new Error(SWITCHED)
    return records
  }

  const unsentOf = (owner: Pubkey) =>
    outbox.load().flatMap(({ event }) => (event.pubkey === owner ? [event] : []))

  /** The text that is to be signed, and its digest. `now` is in unix seconds. */
  function collect(now: number): { readonly text: string; readonly digest: string } {
    const { owner, orders: shelf, conversations } = opened()
    const text = writeContents({
      owner,
      madeAt: now,
      orders: [...shelf.readAll().values()],
      conversations: [...conversations.readAll().values()],
      carts: carts.all(),
      settings: settings.exported(),
      unsent: unsentOf(owner),
    })
    return { text, digest: digestOf(text) }
  }

  const seal = (text: string, proof: Proof, password: string, onProgress: OnProgress) =>
    sealBackup(withProof(text, proof), password, { onProgress })

  async function open(
    file: string,
    password: string,
    onProgress: OnProgress,
  ): Promise<Result<ReadBackup>> {
    const { owner } = opened()
    const text = await openBackup(file, password, onProgress)
    return text.ok ? readContents(text.value, owner) : text
  }

  /** Signed messages of a backup that no relay is known to have, and that are not on their way. */
  function toSend({ owner, orders: imported, unsent }: Contents) {
    const { orders: shelf } = openedOf(owner)
    const here = new Set(unsentOf(owner).map(({ id }) => id))
    const facts = [...imported, ...shelf.readAll().values()].flatMap((one) => one.facts)
    const taken = new Set(
      facts.flatMap((fact) => (fact.type === 'accepted-by-relay' ? [fact.eventId] : [])),
    )
    return unsent.filter(({ id }) => !here.has(id) && !taken.has(id))
  }

  const adds = (cart: Cart): boolean => {
    const present = carts.cart(cart.stallAddress)
    return present ? mergeCarts(present, cart) !== present : cart.lines.length > 0
  }

  /** Counts what {@link merge} would add, without changing anything. */
  function compare(contents: Contents): BackupNews {
    const { orders: shelf, conversations } = opened()
    let [newOrders, facts, texts] = [0, 0, 0]
    for (const { ref, facts: theirs } of contents.orders) {
      const mine = shelf.read(orderKey(ref))?.facts
      newOrders += mine ? 0 : 1
      const known = new Set(mine?.map(({ id }) => id))
      facts += unionOfFacts(mine ?? [], theirs).filter(({ id }) => !known.has(id)).length
    }
    for (const { peer, texts: theirs } of contents.conversations) {
      const known = new Set(conversations.read(peer)?.texts.map(({ eventId }) => eventId))
      texts += theirs.filter(({ eventId }) => !known.has(eventId)).length
    }
    return {
      orders: newOrders,
      facts,
      texts,
      carts: contents.carts.filter(adds).length,
      unsent: toSend(contents).length,
      settings: contents.settings !== null && settings.exported() === null,
    }
  }

  /** Adds what is missing here. Throws a StorageError when there is no room; importing again goes on. */
  function merge(contents: Contents): void {
    const { orders: shelf } = openedOf(contents.owner)
    for (const { ref, facts, unreadable } of contents.orders) {
      shelf.mergeRecord(orderKey(ref), { ref, facts, unreadable })
    }
    orders.takeUp(contents.conversations)
    for (const cart of contents.carts) carts.adopt(cart)
    settings.adopt(contents.settings)
  }

  return { collect, seal, open, compare, merge, toSend }
})
