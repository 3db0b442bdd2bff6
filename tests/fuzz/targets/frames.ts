/** Frames of every type from a hostile relay: an honest one beside it must work as if alone. */
import { KIND, type VerifiedEvent } from '@/protocol/event'
import type { RelayPool } from '@/protocol/relay'
import { parseFrame } from '@/relays/frames'
import { unsigned } from '../../factories/events'
import { CATALOGUE_EVENTS } from '../../factories/recordedSessions'
import { HONEST, openMarket, SENT, SUBSCRIPTION } from '../market'
import { must, mustBeResult, type Target } from '../target'

const FRAMES: readonly string[] = [
  ['EVENT', SUBSCRIPTION, CATALOGUE_EVENTS[0]],
  ['EOSE', SUBSCRIPTION],
  ['CLOSED', SUBSCRIPTION, 'error: shutting down'],
  ['CLOSED', SUBSCRIPTION, 'auth-required: who are you'],
  ['OK', SENT, true, ''],
  ['OK', SENT, false, 'blocked: no'],
  ['OK', SENT, false, 'auth-required: who are you'],
  ['OK', SENT, false, 'pow: 25 bits needed'],
  ['OK', SENT, false, 'rate-limited: slow down'],
  ['NOTICE', 'restarting'],
  ['AUTH', 'challenge'],
].map((frame) => JSON.stringify(frame))

/** One frame by itself: read into a closed set of shapes, or refused. */
export const frameTarget: Target = {
  name: 'relay frame',
  share: 60,
  samples: FRAMES,
  feed([input = '']) {
    const result = parseFrame(input)
    mustBeResult(result)
    if (!result.ok) return
    const { type, ...fields } = result.value
    must(['EVENT', 'EOSE', 'CLOSED', 'OK', 'NOTICE', 'AUTH'].includes(type), 'An unknown frame')
    if ('reason' in fields) must(fields.reason.length <= 500, 'A reason is endless')
  },
}

/** Ids of the products that a subscription delivers. */
function products(pool: RelayPool): Promise<string[]> {
  const ids: string[] = []
  return new Promise((resolve) => {
    const subscription = pool.subscribe([{ kinds: [KIND.product] }], {
      onEvent: ({ id }) => void ids.push(id),
      onStored(relay) {
        if (relay !== HONEST) return
        subscription.close()
        resolve(ids)
      },
    })
  })
}

const GOOD_IDS = CATALOGUE_EVENTS.filter(({ kind }) => kind === KIND.product).map(({ id }) => id)

/** Many frames over a connection: subscriptions and deliveries at the other relay go on. */
export const connectionTarget: Target = {
  name: 'connection',
  share: 60,
  batch: 300,
  samples: FRAMES,
  async feed(frames) {
    const pool = openMarket(frames)
    const event: VerifiedEvent = unsigned({ kind: KIND.directMessage, content: 'an order' })
    const [answers, ids] = await Promise.all([pool.publish(event), products(pool)])
    pool.close()
    must(answers.length === 2, 'A relay gave no answer, or two')
    const answer = answers.find(({ relay }) => relay === HONEST)
    must(answer?.outcome === 'accepted', 'The honest relay is not heard')
    must(new Set(ids).size === ids.length, 'An event came twice')
    must(
      GOOD_IDS.every((id) => ids.includes(id)),
      'A good product is hidden',
    )
  },
}
