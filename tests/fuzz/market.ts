/** A small market between an honest relay and a hostile one, without network and cryptography. */
import type { Filter } from '@/protocol/relay'
import type { UnverifiedEvent } from '@/protocol/event'
import { matchesFilter } from '@/relays/filters'
import { createRelayPool } from '@/relays/pool'
import { CATALOGUE_EVENTS, RECORDED_MERCHANT } from '../factories/recordedSessions'
import { scriptedSockets, type Script } from './scriptedSocket'

export const HONEST = 'wss://honest.example'
export const HOSTILE = 'wss://hostile.example'
/** Stands for the subscription's name in a hostile frame. */
export const SUBSCRIPTION = 'SUBSCRIPTION'
/** Stands for the id of the event that was sent. */
export const SENT = 'f'.repeat(64)

const fields = ({ id, pubkey, created_at, kind, tags, content, sig }: UnverifiedEvent): string =>
  JSON.stringify([id, pubkey, created_at, kind, tags, content, sig])

const GENUINE = new Set(CATALOGUE_EVENTS.map(fields))
const GENUINE_IDS = new Set(CATALOGUE_EVENTS.map(({ id }) => id))

/**
 * In place of cryptography: anybody can sign anything with a key of their own, but nobody as the
 * good merchant or under the id of a good event.
 */
const isSigned = (event: UnverifiedEvent): boolean =>
  GENUINE.has(fields(event)) || (event.pubkey !== RECORDED_MERCHANT && !GENUINE_IDS.has(event.id))

/** Sends what fits the filters, and takes every event. */
const honest: Script = ([type, id, ...rest]) => {
  if (type === 'EVENT') return [JSON.stringify(['OK', (id as UnverifiedEvent).id, true, ''])]
  if (type !== 'REQ') return []
  const stored = CATALOGUE_EVENTS.filter((event) =>
    (rest as Filter[]).some((filter) => matchesFilter(filter, event)),
  )
  return [...stored.map((event) => JSON.stringify(['EVENT', id, event])), `["EOSE","${id}"]`]
}

/** Sends all hostile frames to whatever it is asked, and at last what a relay should. */
function hostile(frames: readonly string[]): Script {
  return ([type, id]) => {
    if (type === 'CLOSE') return []
    const name = typeof id === 'string' ? id : ''
    const sent = type === 'EVENT' ? (id as UnverifiedEvent).id : SENT
    const texts = frames.map((text) => text.replaceAll(SUBSCRIPTION, name).replaceAll(SENT, sent))
    return type === 'REQ' ? [...texts, JSON.stringify(['EOSE', name])] : texts
  }
}

/** A pool of both relays; the hostile one sends these frames. */
export const openMarket = (frames: readonly string[]) =>
  createRelayPool({
    urls: [HOSTILE, HONEST],
    verifier: { verify: async (events) => events.map(isSigned) },
    WebSocket: scriptedSockets({ [HONEST]: honest, [HOSTILE]: hostile(frames) }),
    timeouts: { ok: 40, stored: 200 },
    onOnline: () => () => undefined,
  })
