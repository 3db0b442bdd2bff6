/** Holds the embedded relay against the conformance cases, over real websockets. */
import { afterAll, beforeAll, describe, it } from 'vitest'
import { startRelay, type RunningRelay } from '../../../dev/relay/relay'
import { conformanceCases } from './conformance'

describe.each(['none', 'read-dm', 'all'] as const)('embedded relay, AUTH: %s', (requireAuth) => {
  let relay: RunningRelay
  beforeAll(async () => {
    relay = await startRelay({ requireAuth })
  })
  afterAll(() => relay.close())

  const cases = conformanceCases.filter(({ policy }) => policy === requireAuth)
  for (const { name, run } of cases) it(name, () => run(relay.url))
})
