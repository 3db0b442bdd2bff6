/** How far the messages of an identity have been read back from its relays, in figures and words. */
import { relayName } from './delivery'

export interface RelayProgress {
  readonly state: 'reading' | 'read' | 'silent' | 'partial' | 'failed'
  readonly received: number
  readonly reason: string
}

export interface Recovery {
  readonly relays: ReadonlyMap<string, RelayProgress>
  /** Messages opened so far, and how many are known to wait for it. */
  readonly opened: number
  readonly waiting: number
}

/** True when every relay has answered or has let its time pass, and nothing waits to be opened. */
export const isRecovered = ({ relays, waiting }: Recovery): boolean =>
  waiting === 0 && [...relays.values()].every(({ state }) => state !== 'reading')

/** Relays that did not give all that they may have. */
export const missingRelays = ({ relays }: Recovery): string[] =>
  [...relays].filter(([, { state }]) => state !== 'read' && state !== 'reading').map(([url]) => url)

/** One sentence about one relay. */
export function describeRelay(url: string, { state, received, reason }: RelayProgress): string {
  const name = relayName(url)
  const sent = `${received} ${received === 1 ? 'message' : 'messages'}`
  switch (state) {
    case 'reading':
      return `${name}: asked, ${sent} so far`
    case 'read':
      return `${name}: done, ${sent}`
    case 'silent':
      return `${name}: stopped answering after ${sent}`
    case 'partial':
      return `${name}: ${sent}, but it does not give all that it has`
    case 'failed':
      return `${name}: ${reason}`
  }
}
