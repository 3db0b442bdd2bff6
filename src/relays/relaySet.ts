/** The relays in use: those of the pool for good, others for as long as somebody needs them. */
import type { RelayState } from '@/protocol/relay'
import { createRelayAuth, type Authenticate, type RelayAuth } from './auth'
import { createConnection, type ConnectionOptions, type RelayConnection } from './connection'
import { normaliseRelayUrl } from './relayUrl'

/** A relay to talk to until it is released. */
export interface RelayLease {
  readonly connection: RelayConnection
  readonly auth: RelayAuth
  /** May be called more than once. */
  release(): void
}

interface Member {
  readonly connection: RelayConnection
  readonly auth: RelayAuth
  readonly chosen: boolean
  users: number
}

export interface RelaySet {
  /** The chosen relays whose address is valid. */
  readonly urls: readonly string[]
  states(): readonly RelayState[]
  /** Null after the end. */
  lease(url: string): RelayLease | null
  wake(): void
  close(): void
}

/** The state of an address that no relay can have. */
export function invalidState(url: string): RelayState | null {
  const normal = normaliseRelayUrl(url)
  return normal.ok ? null : { url, status: 'closed', problem: normal.reason, retryAt: null }
}

export function createRelaySet(
  chosen: readonly string[],
  options: ConnectionOptions & { readonly authenticate: Authenticate | undefined },
): RelaySet {
  const invalid = chosen.flatMap((url) => invalidState(url) ?? [])
  const urls = chosen.filter((url) => !invalidState(url))
  const members = new Map<string, Member>()
  let ended = false

  function add(url: string, isChosen: boolean): Member {
    const connection = createConnection(url, options)
    // Only the relays that the person chose learn who is asking.
    const authenticate = isChosen ? options.authenticate : undefined
    const auth = createRelayAuth(connection, authenticate, options)
    const member = { connection, auth, chosen: isChosen, users: 0 }
    members.set(url, member)
    return member
  }

  function leave(url: string, member: Member) {
    if (--member.users > 0 || member.chosen) return
    member.connection.close()
    members.delete(url)
    options.onState()
  }

  for (const url of urls) add(url, true)
  return {
    urls,
    states: () => [
      ...[...members.values()].map(({ connection }) => connection.state()),
      ...invalid,
    ],
    lease(url) {
      if (ended) return null
      const member = members.get(url) ?? add(url, false)
      member.users++
      let held = true
      return {
        connection: member.connection,
        auth: member.auth,
        release() {
          if (held) leave(url, member)
          held = false
        },
      }
    },
    wake() {
      for (const { connection } of members.values()) connection.wake()
    },
    close() {
      ended = true
      for (const { connection } of members.values()) connection.close()
    },
  }
}
