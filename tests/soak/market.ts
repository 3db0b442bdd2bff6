/** Three relays that no client can trust, at least one of them honest behind a bad line. */
import { startRelay } from '../../dev/relay/relay'
import { chaos } from '../faults/chaos'
import type { Fault } from '../faults/fault'
import { createFaultyRelay, type FaultyRelay } from '../faults/faultyRelay'
import { halfOpen, onType, sometimes } from '../faults/frameFaults'
import { forgeFirst, forgeOnly, serveGarbage } from '../faults/hostileFaults'
import { pretendToStore, refuse, REFUSALS, withhold } from '../faults/relayFaults'

const RELAYS = 3

/** What a relay may be besides honest. */
const LIARS: Readonly<Record<string, () => readonly Fault[]>> = {
  honest: () => [],
  'refuses all': () => [refuse(REFUSALS.blocked)],
  'refuses in every way': () =>
    Object.values(REFUSALS).map((words) => sometimes(0.08, refuse(words))),
  'stores nothing': () => [pretendToStore()],
  'falls silent': () => [halfOpen(200)],
  'forges first': () => [forgeFirst()],
  'forges only': () => [forgeOnly()],
  withholds: () => [withhold(({ kind }) => kind === 4)],
  'talks garbage': () => [onType(['EVENT', 'OK', 'EOSE'], serveGarbage())],
}

export interface LyingMarket {
  readonly urls: readonly string[]
  readonly relays: readonly FaultyRelay[]
  /** What each relay is, in words. */
  readonly roles: readonly string[]
  /** The place of the relay that is honest whatever else. */
  readonly honest: number
  close(): Promise<void>
}

/** Every third seed another relay is the honest one; what the others are is drawn by lot. */
export async function startLyingMarket(
  seed: number,
  share: number,
  random: () => number,
): Promise<LyingMarket> {
  const honest = seed % RELAYS
  const names = Object.keys(LIARS)
  const roles = Array.from({ length: RELAYS }, (_, at) =>
    at === honest ? 'honest' : (names[Math.floor(random() * names.length)] ?? 'honest'),
  )
  const behind = await Promise.all(roles.map(() => startRelay()))
  const relays = await Promise.all(
    roles.map((role, at) =>
      createFaultyRelay({
        upstream: behind[at]?.url ?? null,
        seed: seed * 10 + at,
        faults: [chaos(share, { cuts: 0.02 }), ...(LIARS[role]?.() ?? [])],
      }),
    ),
  )
  return {
    urls: relays.map(({ url }) => url),
    relays,
    roles,
    honest,
    async close() {
      await Promise.all(relays.map((relay) => relay.close()))
      await Promise.all(behind.map((relay) => relay.close()))
    },
  }
}
