/** The shape of a conformance case, and the way to write one with a connected client. */
import { createAuthor, TestClient, type TestAuthor } from '../client'

/** How strictly the relay under test asks for NIP-42: not at all, for direct messages, always. */
export type RelayPolicy = 'none' | 'read-dm' | 'all'

export interface ConformanceCase {
  readonly name: string
  readonly policy: RelayPolicy
  run(url: string): Promise<void>
}

export interface Scene {
  readonly url: string
  readonly client: TestClient
  /** A fresh key for this case alone. */
  readonly author: TestAuthor
}

export const caseFor =
  (policy: RelayPolicy) =>
  (name: string, steps: (scene: Scene) => Promise<void>): ConformanceCase => ({
    name,
    policy,
    run: (url) => TestClient.with(url, (client) => steps({ url, client, author: createAuthor() })),
  })

/** A case for a relay that asks nobody to prove a key. */
export const openCase = caseFor('none')
