/** Faults of the relay: it refuses, lies about what it stored, has nothing, or asks who is there. */
import { eventOf, messageOf, typeOf, type Fault, type RawEvent } from './fault'

/** One refusal of every class that relays send (NIP-01, NIP-13, NIP-42), and two of no class. */
export const REFUSALS = {
  'rate-limited': 'rate-limited: slow down there chief',
  error: 'error: could not connect to the database',
  'auth-required': 'auth-required: we only take events from known keys',
  restricted: 'restricted: you are no member here',
  pow: 'pow: 25 bits needed',
  blocked: 'blocked: you are banned from posting here',
  invalid: 'invalid: event creation date is too far off',
  mute: 'mute: nobody listens to you',
  'too-large': 'error: event too large',
  unclear: 'go away',
  wordless: '',
} as const

/** Answers events with OK false and forgets them. `reason` may look at the event; null lets it pass. */
export function refuse(reason: string | ((event: RawEvent) => string | null)): Fault {
  return {
    name: 'refuse',
    attach: (link) => (frame, next) => {
      const event = frame.direction === 'to-relay' ? eventOf(frame) : null
      const words = event && (typeof reason === 'string' ? reason : reason(event))
      if (!event || words === null) return next(frame)
      link.spoilt('refuse')
      link.say('OK', event.id, false, words)
    },
  }
}

/** Says OK true to every event and stores none. */
export const pretendToStore = (): Fault => ({
  name: 'pretend-to-store',
  attach: (link) => (frame, next) => {
    const event = frame.direction === 'to-relay' ? eventOf(frame) : null
    if (!event) return next(frame)
    link.spoilt('pretend-to-store')
    link.say('OK', event.id, true, '')
  },
})

/** Stores events but says that it did not. */
export const denyStoring = (reason: string): Fault => ({
  name: 'deny-storing',
  attach: (link) => (frame, next) => {
    const message = frame.direction === 'to-client' ? messageOf(frame) : null
    if (message?.[0] !== 'OK') return next(frame)
    link.spoilt('deny-storing')
    link.say('OK', message[1], false, reason)
  },
})

/** Takes everything in, and says nothing about it. */
export const answerNothing = (): Fault => ({
  name: 'answer-nothing',
  attach: (link) => (frame, next) => {
    if (frame.direction === 'to-relay') return next(frame)
    link.spoilt('answer-nothing')
  },
})

/** Has nothing for anybody: every question is answered at once, with nothing. */
export const empty = (): Fault => ({
  name: 'empty',
  attach: (link) => (frame, next) => {
    if (typeOf(frame) !== 'REQ') return next(frame)
    link.spoilt('empty')
    link.say('EOSE', messageOf(frame)?.[1])
  },
})

/** Keeps events that match from clients: withheld, with the rest as it should be. */
export const withhold = (matches: (event: RawEvent) => boolean): Fault => ({
  name: 'withhold',
  attach: (link) => (frame, next) => {
    const event = frame.direction === 'to-client' ? eventOf(frame) : null
    if (!event || !matches(event)) return next(frame)
    link.spoilt('withhold')
  },
})

/**
 * Takes events only after an authentication (NIP-42). With `andThen` a client that has proved its
 * key is refused all the same, with these words.
 */
export function requireAuth({
  prefix = 'auth-required',
  andThen = null as string | null,
} = {}): Fault {
  return {
    name: 'require-auth',
    attach(link) {
      const challenge = link.random().toString(36).slice(2)
      let proved = false
      link.later(0, () => link.say('AUTH', challenge))
      return (frame, next) => {
        if (frame.direction === 'to-client') return next(frame)
        const message = messageOf(frame)
        const type = message?.[0]
        const event = message?.[1] as RawEvent | undefined
        if (type === 'AUTH' && event) {
          proved = event.tags.some(([name, value]) => name === 'challenge' && value === challenge)
          return link.say('OK', event.id, proved, proved ? '' : 'invalid: another challenge')
        }
        if (type !== 'EVENT' || !event) return next(frame)
        const words = proved ? andThen : `${prefix}: prove your key`
        if (words === null) return next(frame)
        link.spoilt('require-auth')
        link.say('OK', event.id, false, words)
      }
    },
  }
}

/** Serves the first version of a replaceable event that came by, whatever is newer. */
export function serveOld(): Fault {
  const first = new Map<string, RawEvent>()
  const addressOf = ({ kind, pubkey, tags }: RawEvent): string | null => {
    if (kind === 0 || (kind >= 10_000 && kind < 20_000)) return `${kind}:${pubkey}`
    if (kind < 30_000 || kind >= 40_000) return null
    return `${kind}:${pubkey}:${tags.find(([name]) => name === 'd')?.[1] ?? ''}`
  }
  return {
    name: 'serve-old',
    attach: (link) => (frame, next) => {
      const event = eventOf(frame)
      const address = event && addressOf(event)
      if (!event || !address) return next(frame)
      const old = first.get(address) ?? event
      first.set(address, old)
      if (frame.direction === 'to-relay' || old.id === event.id) return next(frame)
      link.spoilt('serve-old')
      link.say('EVENT', messageOf(frame)?.[1], old)
    },
  }
}
