/** A whole client without pages: the app's own pool, outbox, actions and order book over a disk. */
import { WebSocket } from 'ws'
import { deliveryFacts } from '@/actions/deliveryFact'
import { followMessages } from '@/actions/followMessages'
import type { Attributed } from '@/actions/messageFact'
import type { SendJournal } from '@/actions/ports'
import { resumeSending } from '@/actions/resumeSending'
import { orderKey, type OrderRef } from '@/domain/ids'
import type { Fact } from '@/domain/order'
import { createOrderBook, type OrderRecord } from '@/domain/orderBook'
import { decodeInvoice } from '@/payments/bolt11'
import { trustVerified } from '@/protocol/event'
import type { OutboxItem, OutboxStorage } from '@/protocol/relay'
import type { Signer } from '@/protocol/signer'
import { createOutbox } from '@/relays/outbox'
import { createRelayPool } from '@/relays/pool'
import type { Verifier } from '@/relays/verifier'
import type { Handle } from './disk'

/** Short, so that a thousand orders do not take a day. */
const TIMEOUTS = {
  retryMin: 20,
  retryMax: 100,
  connect: 3_000,
  publishConnect: 1_000,
  ok: 800,
  stored: 1_500,
  silence: 2_000,
  ping: 1_000,
}
const RETRIES = { min: 25, max: 2_000 }
const OUTBOX = 'outbox:'
const ORDER = 'order:'

export interface ClientOptions {
  readonly relays: readonly string[]
  readonly signer: Signer
  readonly verifier: Verifier
  readonly disk: Handle
  readonly random: () => number
  readonly onReceived?: (received: Attributed) => void
}

const outboxStorage = (disk: Handle): OutboxStorage => {
  const parse = (text: string): OutboxItem => {
    const item = JSON.parse(text) as OutboxItem
    return { ...item, event: trustVerified(item.event) }
  }
  return {
    load: () => disk.keys(OUTBOX).flatMap((key) => parse(disk.get(key) ?? '')),
    read(id) {
      const text = disk.get(OUTBOX + id)
      return text === null ? null : parse(text)
    },
    save: (item) => disk.set(OUTBOX + item.event.id, JSON.stringify(item)),
    remove: (id) => disk.remove(OUTBOX + id),
  }
}

/** Opens what is on the disk, goes on sending what was left, and follows the messages of its key. */
export function openClient({ relays, signer, verifier, disk, random, onReceived }: ClientOptions) {
  const book = createOrderBook()
  const known = new Set<string>()
  const refs = new Map<string, OrderRef>()
  const now = () => Math.floor(Date.now() / 1000)

  function show(ref: OrderRef, facts: readonly Fact[]) {
    for (const fact of facts) {
      if (fact.source.kind === 'message') known.add(fact.source.eventId)
      if (fact.type === 'placed') refs.set(fact.id, ref)
      if (fact.type === 'signed') refs.set(fact.eventId, ref)
      book.add(ref, fact)
    }
  }
  for (const key of disk.keys(ORDER)) {
    const { ref, facts } = JSON.parse(disk.get(key) ?? '') as OrderRecord
    show(ref, facts)
  }

  const journal: SendJournal = {
    isOpen: () => true,
    record(ref, facts) {
      const key = orderKey(ref)
      const before = book.record(key)?.facts ?? []
      const ids = new Set(before.map(({ id }) => id))
      const fresh = facts.filter(({ id }) => !ids.has(id))
      if (fresh.length === 0) return
      disk.set(ORDER + key, JSON.stringify({ ref, facts: [...before, ...fresh] }))
      show(ref, fresh)
    },
    recordText: (peer, text) => {
      known.add(text.eventId)
      book.addText(peer, text)
    },
  }

  const pool = createRelayPool({
    urls: relays,
    verifier,
    WebSocket,
    random,
    timeouts: TIMEOUTS,
    authenticate: (template) => signer.sign(template),
  })
  const outbox = createOutbox({
    pool,
    storage: outboxStorage(disk),
    random,
    retryTimes: RETRIES,
    holdLock: (_name, onHeld) => {
      onHeld()
      return () => undefined
    },
  })

  /** As in useOutboxEvents.ts. */
  function follow(item: OutboxItem) {
    const ref = refs.get(item.event.id)
    if (!ref) return
    journal.record(ref, deliveryFacts(item, now()))
    outbox.acknowledge(item.event.id)
  }
  /** A crash ends the client; nobody is left to be told. */
  const surviving = (run: () => void) => {
    try {
      run()
    } catch {
      return
    }
  }
  outbox.onChange((item) => surviving(() => follow(item)))
  surviving(() => outbox.items().forEach(follow))
  surviving(() => void resumeSending(outbox, book.orders()))

  const follower = followMessages(
    {
      pool,
      signer,
      decodeInvoice,
      journal,
      isKnown: (id) => known.has(id),
      mayOpen: () => true,
    },
    { onReceived: (received) => onReceived?.(received) },
  )

  return {
    book,
    outbox,
    send: { signer, outbox, journal, decodeInvoice, now },
    close() {
      follower.close()
      outbox.close()
      pool.close()
    },
  }
}

export type Client = ReturnType<typeof openClient>
