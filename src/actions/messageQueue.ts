/** Messages that wait to be opened: one after another, parties of a trade first, none at once too many. */
import type { EventId } from '@/domain/ids'
import type { VerifiedEvent } from '@/protocol/event'

export interface MessageQueue {
  /** Takes a message once, if there is room. Those that go first have a room of their own. */
  add(event: VerifiedEvent, goesFirst: boolean): void
  /** How many wait. */
  size(): number
  /** Resolves when nothing waits any more. */
  settled(): Promise<void>
}

export interface MessageQueueOptions {
  /** Opens one. Even if it throws, the next one is opened. */
  readonly open: (event: VerifiedEvent) => Promise<void>
  /** Nothing waits any more, and some found no room since this was last told. */
  readonly onLeftOut: () => void
  /** So many characters wait in each room. */
  readonly room?: number
}

/** Thousands of orders, of some thousand characters each. */
const ROOM = 20_000_000
/** What an event takes beside its content. */
const FRAME = 500
/** Milliseconds of opening after which the page gets a turn. */
const TURN_MS = 12

const nextTurn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve))

/** Holds messages in the order of their coming, up to so many characters. */
function createRoom(characters: number) {
  const waiting: VerifiedEvent[] = []
  let taken = 0
  const lengthOf = ({ content }: VerifiedEvent): number => FRAME + content.length
  return {
    size: () => waiting.length,
    /** False: there is no room. */
    add(event: VerifiedEvent): boolean {
      if (taken > 0 && taken + lengthOf(event) > characters) return false
      taken += lengthOf(event)
      waiting.push(event)
      return true
    },
    next(): VerifiedEvent | undefined {
      const event = waiting.shift()
      if (event) taken -= lengthOf(event)
      return event
    },
  }
}

export function createMessageQueue(options: MessageQueueOptions): MessageQueue {
  const { open, onLeftOut, room = ROOM } = options
  const first = createRoom(room)
  const rest = createRoom(room)
  const ids = new Set<EventId>()
  let leftOut = false
  let opening: Promise<void> | null = null

  const next = (): VerifiedEvent | undefined => first.next() ?? rest.next()

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
    if (!leftOut) return
    leftOut = false
    onLeftOut()
  }

  return {
    add(event, goesFirst) {
      if (ids.has(event.id)) return
      if (!(goesFirst ? first : rest).add(event)) return void (leftOut = true)
      ids.add(event.id)
      opening ??= openAll()
    },
    size: () => first.size() + rest.size(),
    settled: () => opening ?? Promise.resolve(),
  }
}
