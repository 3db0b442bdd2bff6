/** Gift wraps whose encryption fits: what is inside is anything that a stranger can write. */
import { finalizeEvent } from 'nostr-tools/pure'
import { ok } from '@/domain/result'
import { openGiftWrap, toRumor } from '@/protocol/giftWrap'
import { idOf } from '@/protocol/verifyEvent'
import { T0, unsigned } from '../../factories/events'
import { CUSTOMER, STRANGER } from '../../factories/people'
import { mutate } from '../mutate'
import { must, mustBePlain, mustBeResult, type Target } from '../target'
import { PLAINTEXTS } from './decoders'

const RUMORS = PLAINTEXTS.slice(0, 12).map((content) =>
  toRumor({ kind: 14, created_at: T0, tags: [['p', CUSTOMER.pubkey]], content }, STRANGER.pubkey),
)

const SEAL = JSON.stringify(
  finalizeEvent({ kind: 13, created_at: T0, tags: [], content: 'sealed' }, STRANGER.secretKey),
)

const WRAP = unsigned({ kind: 1059, tags: [['p', CUSTOMER.pubkey]], content: 'wrapped' })

/** Whoever writes a message can also give it the id that it must have. */
function withFittingId(text: string): string {
  try {
    const rumor = JSON.parse(text) as Parameters<typeof idOf>[0]
    return JSON.stringify({ ...rumor, id: idOf(rumor) })
  } catch {
    return text
  }
}

export const giftWrapTarget: Target = {
  name: 'gift wrap',
  share: 6,
  samples: RUMORS.map((rumor) => JSON.stringify({ seal: SEAL, rumor: JSON.stringify(rumor) })),
  mutate(sample, random) {
    const { seal, rumor } = JSON.parse(sample) as { seal: string; rumor: string }
    if (random.chance(0.2)) return JSON.stringify({ seal: mutate(seal, random), rumor })
    const changed = mutate(rumor, random)
    return JSON.stringify({ seal, rumor: random.chance(0.7) ? withFittingId(changed) : changed })
  },
  async feed([input = '']) {
    let texts: unknown
    try {
      texts = JSON.parse(input)
    } catch {
      return
    }
    const { seal, rumor } = Object(texts) as { seal?: unknown; rumor?: unknown }
    const plain = [String(seal), String(rumor)]
    const signer = {
      publicKey: CUSTOMER.pubkey,
      nip44Decrypt: async () => ok(plain.shift() ?? ''),
    }
    const result = await openGiftWrap(WRAP, signer)
    mustBeResult(result)
    if (!result.ok) return
    mustBePlain(result.value, 256 * 1024)
    must(result.value.pubkey === STRANGER.pubkey, 'A message claims another author than its seal')
  },
}
