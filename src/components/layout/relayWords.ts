/** The state of the connection to the relays, in words. */

/** What a relay's connection is doing, as the relay pool reports it. */
export interface RelayLine {
  readonly url: string
  readonly status: 'connecting' | 'connected' | 'waiting' | 'closed'
  /** The last trouble in words, empty if there was none. */
  readonly problem: string
}

export interface RelaySummary {
  readonly tone: 'success' | 'warning' | 'neutral'
  readonly words: string
}

/** `All 3 relays connected`, `2 of 3 relays connected`, `Connecting to 3 relays`. */
export function relaySummary(relays: readonly RelayLine[]): RelaySummary {
  const count = relays.length
  const noun = count === 1 ? 'relay' : 'relays'
  if (count === 0) return { tone: 'warning', words: 'No relays are set' }
  const connected = relays.filter(({ status }) => status === 'connected').length
  if (connected === count)
    return { tone: 'success', words: `${count} of ${count} ${noun} connected` }
  const untroubled = relays.every((r) => r.status === 'connected' || isFirstTry(r))
  if (untroubled) return { tone: 'neutral', words: `Connecting to ${count} ${noun}` }
  return { tone: 'warning', words: `${connected} of ${count} ${noun} connected` }
}

const isFirstTry = (relay: RelayLine): boolean => relay.status === 'connecting' && !relay.problem

/** One relay's state, with its trouble. */
export function relayWords(relay: RelayLine): string {
  const states = {
    connected: 'Connected',
    connecting: 'Connecting',
    waiting: 'Not connected, trying again soon',
    closed: 'Not connected',
  }
  const trouble = relay.status !== 'connected' && relay.problem
  return trouble ? `${states[relay.status]}: ${relay.problem}` : states[relay.status]
}
