import { finalizeEvent, generateSecretKey } from 'nostr-tools/pure'
import { describe, expect, it } from 'vitest'
import { verifyEvent } from '@/protocol/verifyEvent'
import type { OutboxItem } from '@/protocol/relay'
import { createOutboxDocuments } from '@/storage/outboxDocuments'
import { StorageError } from '@/storage/storageProblems'
import { createFakeBrowser } from './fakeBrowser'

function makeItem(queuedAt: number): OutboxItem {
  const event = verifyEvent(
    finalizeEvent(
      { kind: 4, created_at: queuedAt, tags: [['p', 'x']], content: 'secret' },
      generateSecretKey(),
    ),
  )
  if (!event.ok) throw new Error(event.reason)
  const delivery = { relay: 'wss://a', outcome: 'pending', reason: '', attempts: 1 } as const
  return { event: event.value, queuedAt, deliveries: [{ ...delivery, nextAttemptAt: null }] }
}

describe('the stored outbox', () => {
  it('gives back the same items, oldest first, with frozen verified events', () => {
    const { storage } = createFakeBrowser().openTab()
    const [late, early] = [makeItem(200), makeItem(100)]
    const outbox = createOutboxDocuments({ storage })
    outbox.save(late)
    outbox.save(early)
    const loaded = createOutboxDocuments({ storage }).load()
    expect(loaded).toEqual([early, late])
    expect(Object.isFrozen(loaded[0]!.event)).toBe(true)
    outbox.remove(early.event.id)
    expect(outbox.load()).toEqual([late])
  })

  it('replaces an item by its newer state', () => {
    const { storage } = createFakeBrowser().openTab()
    const item = makeItem(1)
    const outbox = createOutboxDocuments({ storage })
    outbox.save(item)
    const accepted = item.deliveries.map((d) => ({ ...d, outcome: 'accepted' as const }))
    outbox.save({ ...item, deliveries: accepted })
    expect(outbox.load()).toMatchObject([{ deliveries: [{ outcome: 'accepted' }] }])
  })

  it('sets aside an event that was changed in storage, and gives back its neighbours', () => {
    const { storage } = createFakeBrowser().openTab()
    const [good, forged] = [makeItem(1), makeItem(2)]
    const outbox = createOutboxDocuments({ storage })
    outbox.save(good)
    outbox.save(forged)
    const key = `souk:outbox:${forged.event.id}`
    storage.setItem(key, storage.getItem(key)!.replace('secret', 'SECRET'))
    expect(outbox.load()).toEqual([good])
    expect(storage.getItem(`souk:aside:${key}:1`)).not.toBeNull()
  })

  it('throws when an item cannot be kept, so that nothing is sent', () => {
    const { storage } = createFakeBrowser(100).openTab()
    expect(() => createOutboxDocuments({ storage }).save(makeItem(1))).toThrow(StorageError)
  })
})
