/** Messages that wait to be opened: one after another, parties of a trade first, none at once too many. */
import type { EventId } from '@/domain/ids'
import type { VerifiedEvent } from '@/protocol/event'

export interface MessageQueue {
  /** Takes a message once. What does not go first finds room only while others have left some. */
  add(event: VerifiedEvent, goesFirst: boolean): void
  /** How many wait. */
  size(): number
  /** Resolves when nothing waits any more. */
  settled(): Promise<void>
}

export interface MessageQueueOptions {
  /** Opens one. Even if it throws, the next one is opened. */
  readonly open: (event: VerifiedEvent) => Promise<void>
  /** Nothing waits any more, and so many found no room since this was last told. */
  readonly onLeftOut: (count: number) => void
  /** So many wait beside those that go first. */
  readonly room?: number
}

/** What somebody sends who is no party yet. A message is at most some kilobytes. */
const ROOM = 20_000
/** Milliseconds of opening after which the page gets a turn. */
const TURN_MS = 12

const nextTurn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve))

export function createMessageQueue(options: MessageQueueOptions): MessageQueue {
  const { open, onLeftOut, room = ROOM } = options
  const first: VerifiedEvent[] = []
  const rest: VerifiedEvent[] = []
  const ids = new Set<EventId>()
  let leftOut = 0
  let opening: Promise<void> | null = null

  const next = (): VerifiedEvent | undefined => first.shift() ?? rest.shift()

  async function openAll(): Promise<void> {
    // What arrives together is sorted before the first of it is opened.
    await Promise.resolve()
    let turn = performance.now()
    for (let event = next(); event; event = next()) {
      await open(event).catch(() => undefined)
      ids.delete(event.id)
      if (performance.now() - turn < TURN_MS) continue
      await nextTurn()
      turn = performance.now()
    }
    opening = null
    const missing = leftOut
    leftOut = 0
    if (missing > 0) onLeftOut(missing)
  }

  return {
    add(event, goesFirst) {
      if (ids.has(event.id)) return
      if (!goesFirst && rest.length >= room) return void leftOut++
      ids.add(event.id)
      ;(goesFirst ? first : rest).push(event)
      opening ??= openAll()
    },
    size: () => first.length + rest.length,
    settled: () => opening ?? Promise.resolve(),
  }
}
