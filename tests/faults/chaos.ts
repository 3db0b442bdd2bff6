/** Everything at once: a share of all frames is spoilt, each in a way that is drawn by lot. */
import { eventOf, messageOf, type Fault } from './fault'
import { cut, delay, drop, duplicate, oneOf, reorder, replay, truncate } from './frameFaults'
import { FORGERIES } from './hostileFaults'
import { REFUSALS } from './relayFaults'

/** Refusals after which an honest client goes on trying, or authenticates. */
const PASSING = [REFUSALS['rate-limited'], REFUSALS.error, REFUSALS['auth-required']]

/** Refuses the event that a frame publishes; spoils any other frame by losing it. */
const refuseOrDrop = (reasons: readonly string[]): Fault => ({
  name: 'refuse',
  attach: (link) => (frame) => {
    const event = frame.direction === 'to-relay' ? eventOf(frame) : null
    link.spoilt(event ? 'refuse' : 'drop')
    if (event) link.say('OK', event.id, false, reasons[Math.floor(link.random() * reasons.length)])
  },
})

/** Sends one forged copy of the event ahead of it; doubles any other frame. */
const forgeOrDouble = (): Fault => ({
  name: 'forge-first',
  attach: (link) => (frame, next) => {
    const event = frame.direction === 'to-client' ? eventOf(frame) : null
    link.spoilt(event ? 'forge-first' : 'duplicate')
    const forgeries = Object.values(FORGERIES)
    const forge = forgeries[Math.floor(link.random() * forgeries.length)]
    if (event && forge) link.say('EVENT', messageOf(frame)?.[1], forge(event))
    else next(frame)
    next(frame)
  },
})

/** Spoils `share` of all frames, 0 to 1. `cuts` is the part of it that ends the connection. */
export function chaos(
  share: number,
  { cuts = 0.04, refusals = PASSING }: { cuts?: number; refusals?: readonly string[] } = {},
): Fault {
  const rest = (share * (1 - cuts)) / 8
  return oneOf([
    [share * cuts, cut()],
    [rest, drop()],
    [rest, delay(1, 60)],
    [rest, duplicate()],
    [rest, reorder(40)],
    [rest, replay()],
    [rest, truncate()],
    [rest, refuseOrDrop(refusals)],
    [rest, forgeOrDouble()],
  ])
}
