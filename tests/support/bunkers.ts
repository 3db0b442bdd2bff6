/** How bunkers are reached in tests: over real sockets from Node, with no relay unless one is given. */
import WebSocket from 'ws'
import type { BunkerWiring } from '../../src/bunkers'
import { createInlineVerifier } from '@/relays/inlineVerifier'
import { createRelayPool } from '@/relays/pool'

export const bunkerWiring = (relays: readonly string[] = []): BunkerWiring => ({
  openPool: (urls, authenticate) =>
    createRelayPool({ urls, verifier: createInlineVerifier(), WebSocket, authenticate }),
  relays,
  appName: 'Test market',
})
