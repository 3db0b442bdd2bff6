/** Signed events whose authors are hostile: genuine in every way but what they say. */
import * as nip04 from 'nostr-tools/nip04'
import { initNostrWasm } from 'nostr-wasm'
import type { Pubkey } from '@/domain/ids'
import { KIND, parseEvent, type UnverifiedEvent } from '@/protocol/event'
import { hex64 } from '../../factories/events'
import { person, type Person } from '../../factories/people'
import { CATALOGUE_EVENTS, RECORDED_MERCHANT, SESSIONS } from '../../factories/recordedSessions'
import { mutate } from '../mutate'
import { createRandom, type Random } from '../random'

/** Whoever they are: no merchant of the market. */
export const HOSTILE: readonly Person[] = [person(201), person(202), person(203)]

interface Draft {
  readonly kind: number
  readonly created_at: number
  readonly tags: string[][]
  readonly content: string
}

const PLAINTEXTS = SESSIONS.flatMap(({ plaintext }) => plaintext.flatMap(({ text }) => text ?? []))

const CATALOGUE_SAMPLES = [
  ...CATALOGUE_EVENTS.map(({ kind, tags, content }) => ({ kind, tags, content })),
  {
    kind: KIND.market,
    tags: [['d', 'bazaar']],
    content: JSON.stringify({ name: 'Bazaar', merchants: [RECORDED_MERCHANT], ui: {} }),
  },
  { kind: KIND.deletion, tags: [['e', hex64(1)]], content: 'gone' },
]

/** Fields of a mutated sample as far as they can be signed at all. */
function signable(text: string, instead: Pick<Draft, 'tags' | 'content'>): typeof instead {
  try {
    const raw = JSON.parse(text) as object
    const shape = { id: hex64(1), pubkey: hex64(1), sig: '0'.repeat(128), created_at: 1, kind: 1 }
    const parsed = parseEvent({ ...shape, ...instead, ...raw, kind: 1, created_at: 1 })
    return parsed.ok
      ? { tags: parsed.value.tags.map((tag) => [...tag]), content: parsed.value.content }
      : instead
  } catch {
    return instead
  }
}

interface Setting {
  readonly customer: Pubkey
  /** What stands in the place of web addresses, so that no picture leaves this machine. */
  readonly webRoot: string
  readonly now: number
}

function draftOf(n: number, author: Person, random: Random, setting: Setting): Draft {
  // Some dates are of the far future or past, and most of them ordinary.
  const date = random.chance(0.05) ? random.pick([0, 1, 4_102_444_800, 253_402_300_799]) : null
  const created_at = date ?? setting.now - random.below(3_600)
  if (n % 3 === 0) {
    const text = mutate(random.pick(PLAINTEXTS), random).slice(0, 20_000) || ' '
    const content = nip04.encrypt(author.secretKey, setting.customer, text)
    return { kind: KIND.directMessage, created_at, tags: [['p', setting.customer]], content }
  }
  const { kind, ...fields } = random.pick(CATALOGUE_SAMPLES)
  const own = JSON.stringify(fields).replaceAll(RECORDED_MERCHANT, author.pubkey)
  const changed = mutate(own, random).replace(/https?:\/\//g, setting.webRoot)
  const { tags, content } = signable(changed, JSON.parse(own) as Pick<Draft, 'tags' | 'content'>)
  // Otherwise each would take the place of the one before.
  const named = tags.map((tag) => (tag[0] === 'd' ? ['d', `${tag[1]} ${n}`] : tag))
  return { kind, created_at, tags: named, content: content.slice(0, 60_000) }
}

/** As many events as asked, the same for the same seed. A third are messages to the customer. */
export async function hostileEvents(
  count: number,
  seed: number,
  setting: Setting,
): Promise<UnverifiedEvent[]> {
  const wasm = await initNostrWasm()
  return Array.from({ length: count }, (_, n) => {
    const random = createRandom(seed * 1_000_003 + n)
    const author = HOSTILE[n % HOSTILE.length]!
    const event = { ...draftOf(n, author, random, setting), pubkey: author.pubkey, id: '', sig: '' }
    wasm.finalizeEvent(event, author.secretKey)
    return event
  })
}
