/** Faults that attack: forgeries ahead of the genuine event, floods, huge frames, garbage. */
import { eventOf, messageOf, typeOf, type Fault, type Link, type RawEvent } from './fault'

/** Copies that carry a genuine event's id and are not genuine: each in another way. */
export const FORGERIES: Readonly<Record<string, (event: RawEvent) => RawEvent>> = {
  'wrong content': (event) => ({ ...event, content: `${event.content}x` }),
  'bad signature': (event) => ({
    ...event,
    sig: (event.sig[0] === '0' ? '1' : '0') + event.sig.slice(1),
  }),
  'other author': (event) => ({ ...event, pubkey: event.id }),
  'later date': (event) => ({ ...event, created_at: event.created_at + 1 }),
  'more tags': (event) => ({ ...event, tags: [...event.tags, ['pubkey', event.id]] }),
}

/** Ahead of every event come forged copies of it. */
export const forgeFirst = (kinds: readonly string[] = Object.keys(FORGERIES)): Fault => ({
  name: 'forge-first',
  attach: (link) => (frame, next) => {
    const event = frame.direction === 'to-client' ? eventOf(frame) : null
    if (event) {
      link.spoilt('forge-first')
      const subscription = messageOf(frame)?.[1]
      for (const kind of kinds) link.say('EVENT', subscription, FORGERIES[kind]?.(event))
    }
    next(frame)
  },
})

/** In place of every event comes a forged copy of it. */
export const forgeOnly = (kinds: readonly string[] = Object.keys(FORGERIES)): Fault => ({
  name: 'forge-only',
  attach: (link) => (frame, next) => {
    const event = frame.direction === 'to-client' ? eventOf(frame) : null
    if (!event) return next(frame)
    link.spoilt('forge-only')
    for (const kind of kinds) link.say('EVENT', messageOf(frame)?.[1], FORGERIES[kind]?.(event))
  },
})

/** Does something for each subscription that a client opens. */
function onSubscription(name: string, run: (link: Link, id: string) => void): Fault {
  return {
    name,
    attach: (link) => (frame, next) => {
      const id = typeOf(frame) === 'REQ' ? messageOf(frame)?.[1] : null
      if (typeof id === 'string') {
        link.spoilt(name)
        run(link, id)
      }
      next(frame)
    },
  }
}

/** Answers each question with these events first, wanted or not: signed ones of the year 2100, say. */
export const serveFirst = (events: readonly unknown[]): Fault =>
  onSubscription('serve-first', (link, id) => {
    for (const event of events) link.say('EVENT', id, event)
  })

/** Sends frames of so many bytes for each subscription: one well-formed event, one of one long text. */
export const hugeFrames = (bytes = 10 * 1024 * 1024): Fault =>
  onSubscription('huge-frames', (link, id) => {
    const filler = 'x'.repeat(bytes)
    link.say('EVENT', id, { ...JUNK, content: filler })
    link.sayRaw(`["NOTICE","${filler}"]`)
  })

const JUNK: RawEvent = {
  id: 'f'.repeat(64),
  pubkey: 'e'.repeat(64),
  created_at: 1,
  kind: 4,
  tags: [],
  content: 'junk',
  sig: 'd'.repeat(128),
}

/** Beyond so many bytes on the way a flood waits: the client is slow, and memory is not endless. */
const FLOOD_AHEAD = 4 * 1024 * 1024
const TICK_MS = 20

/** What a flood is made of: `n` counts up. */
export type FloodEvent = (n: number) => unknown

const junk: FloodEvent = (n) => ({ ...JUNK, id: n.toString(16).padStart(64, '0') })

/** Pours so many events a second into each open subscription, for as long as it is connected. */
export function flood(perSecond = 10_000, event: FloodEvent = junk): Fault {
  const perTick = Math.ceil((perSecond * TICK_MS) / 1000)
  let n = 0
  return {
    name: 'flood',
    attach(link) {
      const open = new Set<string>()
      link.every(TICK_MS, () => {
        const [id] = open
        if (id === undefined || link.unsent() > FLOOD_AHEAD) return
        for (let i = 0; i < perTick; i++) {
          link.say('EVENT', id, event(n++))
          link.spoilt('flood')
        }
      })
      return (frame, next) => {
        const id = messageOf(frame)?.[1]
        if (typeof id === 'string' && typeOf(frame) === 'REQ') open.add(id)
        if (typeof id === 'string' && typeOf(frame) === 'CLOSE') open.delete(id)
        next(frame)
      }
    },
  }
}

/** Frames that no relay should send. */
export const GARBAGE: readonly string[] = [
  '',
  'null',
  '[]',
  '{}',
  '[[',
  '"EVENT"',
  '["EVENT"]',
  '["EVENT",null,null]',
  '["EVENT",{},[]]',
  '["OK"]',
  '["OK",1,2,3]',
  '["EOSE",7]',
  '["CLOSED",[],{}]',
  '["NOTICE",{"toString":"x"}]',
  '["AUTH",{}]',
  '["__proto__","constructor"]',
  '\u0000\uffff',
  '['.repeat(20_000),
]

/** Before every frame for the client comes one that is garbage. */
export const serveGarbage = (): Fault => ({
  name: 'serve-garbage',
  attach(link) {
    let n = 0
    return (frame, next) => {
      if (frame.direction === 'to-client') {
        link.spoilt('serve-garbage')
        link.sayRaw(GARBAGE[n++ % GARBAGE.length] ?? '')
      }
      next(frame)
    }
  },
})

/** Says at once, for whatever it is asked, that there is no more, and closes every subscription. */
export const closeSubscriptions = (reason = 'error: shutting down idle subscription'): Fault =>
  onSubscription('close-subscriptions', (link, id) => link.say('CLOSED', id, reason))
