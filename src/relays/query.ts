/** One subscription at one relay: asks, reads back, recovers after gaps and refusals. */
import type { UnverifiedEvent } from '@/protocol/event'
import type { Filter, RelayReading } from '@/protocol/relay'
import { asksForAuth, type RelayAuth } from './auth'
import type { RelayConnection } from './connection'
import { resumeFilters } from './filters'
import type { RelayFrame } from './frames'
import {
  canPage,
  createTally,
  looksCapped,
  note,
  readBack,
  type ReadBack,
  type Tally,
} from './history'
import type { Intake } from './intake'
import { createRequests, type Ending } from './requests'
import { classifyAnswer, retryDelay } from './retryPolicy'
import { createTimer, wait, type RelayTimeouts } from './timing'

export interface QueryOptions {
  readonly id: string
  readonly connection: RelayConnection
  readonly auth: RelayAuth
  readonly filters: readonly Filter[]
  /** Who is met in what any relay hands over. */
  readonly people: Set<string>
  readonly intake: Intake
  readonly storedOnly: boolean
  /** Seconds asked again after a gap. */
  readonly overlap: number
  readonly timeouts: RelayTimeouts
  readonly now: () => number
  readonly random: () => number
  readonly onStored: () => void
  readonly onClosed: (reason: string) => void
  readonly onReading: (reading: RelayReading) => void
}

const PAGE_ATTEMPTS = 3
/** Asked for at once of a relay that sent more than could be checked. */
const CAREFUL_PAGE = 500

const mayPass = (reason: string): boolean =>
  classifyAnswer({ outcome: 'refused', reason }) === 'retry'

export function openQuery(options: QueryOptions): { close(): void } {
  const { id, connection, auth, intake, timeouts, now } = options
  const requests = createRequests(connection, timeouts)
  const again = createTimer()
  /** Counts what makes earlier asking void: a new REQ, a lost connection, the end. */
  let generation = 0
  let pages = 0
  let refusals = 0
  /** Local time of the last receipt while nothing was missing; 0 until then. */
  let receivedAt = 0
  let caughtUp = false
  /** Some second may hold more than was read. */
  let isCrowded = false
  let storedTold = false
  let downTold = false
  let authTried = false
  /** How often more came than could be checked, since all was read for the last time. */
  let floods = 0
  let careful = false
  /** Date of the newest genuine event: it holds the cursor back, and never moves it forward. */
  let newest = -Infinity
  let reading: RelayReading = { state: 'reading', received: 0, reason: '' }
  let tallies = new Map<string, readonly Tally[]>()

  function tellReading(change: Partial<RelayReading>) {
    reading = { ...reading, ...change }
    options.onReading(reading)
  }

  function onGenuine(event: UnverifiedEvent, noted: readonly Tally[] | undefined) {
    newest = Math.max(newest, event.created_at)
    const fresh = noted?.map((tally) => note(tally, event)).includes(true)
    if (fresh) tellReading({ received: reading.received + 1 })
  }

  function onFrame(frame: RelayFrame, size: number): boolean {
    if (!('subscription' in frame) || !requests.owns(frame.subscription)) return false
    if (caughtUp && frame.type !== 'CLOSED') receivedAt = now()
    if (frame.type === 'EVENT') {
      const noted = tallies.get(frame.subscription)
      if (!intake.push(frame.event, size, (event) => onGenuine(event, noted))) flooded()
    }
    if (frame.type === 'CLOSED' && frame.subscription === id && !requests.waits(id)) {
      generation++
      void refused(frame.reason)
    }
    // To be told twice that this was all is of no use to anybody.
    const isOfUse = frame.type !== 'EOSE' || requests.waits(frame.subscription)
    requests.onFrame(frame)
    return isOfUse
  }

  /** More comes than can be checked: the relay is told to stop, and asked again for less at once. */
  function flooded() {
    const mine = ++generation
    careful = true
    caughtUp = false
    requests.closeAll()
    tallies.clear()
    connection.complain('The relay sends faster than can be checked, so it is asked again for less')
    const pause = floods++ === 0 ? 0 : retryDelay(floods, options.random)
    void intake.drained().then(() => {
      if (mine === generation) again.set(pause, () => void ask())
    })
  }

  async function tellStored(mine: number) {
    await intake.drained()
    if (mine !== generation) return
    if (!storedTold) {
      storedTold = true
      options.onStored()
    }
    if (options.storedOnly) close()
  }

  const freshFilters = (): Filter[] =>
    receivedAt > 0
      ? resumeFilters(options.filters, cursor(), options.overlap)
      : options.filters.map((filter) => ({ ...filter }))

  /** Local time of receipt; earlier when the local clock is ahead of what the relay has sent. */
  const cursor = (): number => {
    const local = Math.floor(Math.min(receivedAt, now()) / 1000)
    return newest === -Infinity ? local : Math.min(local, newest)
  }

  const bounded = (filter: Filter): Filter =>
    careful && canPage(filter) ? { ...filter, limit: CAREFUL_PAGE } : filter

  async function ask(): Promise<void> {
    const mine = ++generation
    const filters = freshFilters()
    caughtUp = false
    if (filters.length === 0) return
    const first = filters.map((filter) => createTally(filter, options.people))
    tallies = new Map([[id, first]])
    tellReading({ state: 'reading', reason: '' })
    const ending = await requests.send(id, filters.map(bounded), () => void silent(mine))
    if (mine !== generation) return
    if (ending.type === 'closed') return refused(ending.reason)
    await intake.drained()
    tallies.delete(id)
    const read = looksCapped(first) ? await readAllBack(first, mine) : 'all'
    if (mine !== generation) return
    caughtUp = read !== 'broken'
    if (caughtUp) receivedAt = now()
    // What a crowded second lacks is not asked for again: it would be the same each time.
    isCrowded ||= read === 'crowded'
    refusals = 0
    floods = 0
    tellReading({ state: caughtUp && !isCrowded ? 'read' : 'partial' })
    await tellStored(mine)
  }

  async function silent(mine: number): Promise<void> {
    if (mine === generation) tellReading({ state: 'silent' })
    await tellStored(mine)
  }

  async function readAllBack(first: readonly Tally[], mine: number): Promise<ReadBack> {
    const read = new Set<ReadBack>()
    for (const tally of first.filter(({ filter }) => canPage(filter))) {
      read.add(await readBack(tally, (filter) => askPage(tally, filter, mine)))
    }
    if (read.has('broken')) return 'broken'
    return read.has('crowded') ? 'crowded' : 'all'
  }

  async function askPage(tally: Tally, filter: Filter, mine: number): Promise<boolean> {
    for (let attempt = 1; attempt <= PAGE_ATTEMPTS && mine === generation; attempt++) {
      const pageId = `${id}p${pages++}`
      tallies.set(pageId, [tally])
      const ending = await onePage(pageId, filter)
      await intake.drained()
      tallies.delete(pageId)
      if (ending.type !== 'closed') return ending.type === 'stored' && mine === generation
      if (!mayPass(ending.reason)) return false
      await wait(retryDelay(attempt, options.random))
    }
    return false
  }

  async function onePage(pageId: string, filter: Filter): Promise<Ending> {
    const ending = await requests.send(pageId, [bounded(filter)], () => requests.end(pageId))
    requests.forget(pageId)
    return ending
  }

  /** The relay refused or ended the subscription itself. */
  async function refused(reason: string): Promise<void> {
    const mine = generation
    requests.forget(id)
    let words = reason || 'The relay ended the subscription'
    if (asksForAuth(reason) && !authTried) {
      authTried = true
      const proved = await auth.authenticate()
      if (mine !== generation) return
      if (proved.ok) return ask()
      words = `${words} (${proved.reason})`
    }
    if (mayPass(reason)) again.set(retryDelay(++refusals, options.random), () => void ask())
    tellReading({ state: 'failed', reason: words })
    options.onClosed(words)
  }

  function onOpen() {
    downTold = false
    authTried = false
    void ask()
  }

  function onDown(reason: string) {
    generation++
    again.clear()
    requests.forgetAll()
    if (downTold) return
    downTold = true
    tellReading({ state: 'failed', reason })
    options.onClosed(reason)
  }

  function close() {
    generation++
    again.clear()
    stop()
    requests.closeAll()
    intake.stop()
  }

  const stop = connection.listen({ onOpen, onFrame, onDown })
  const { status, problem } = connection.state()
  if (status === 'connected') onOpen()
  else if (status !== 'connecting') queueMicrotask(() => onDown(problem))
  return { close }
}
