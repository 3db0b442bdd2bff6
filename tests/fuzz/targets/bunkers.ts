/** Bunkers: links that people paste, connections that are kept, answers that a bunker encrypts. */
import { encrypt, getConversationKey } from 'nostr-tools/nip44'
import { isHex64 } from '@/domain/ids'
import { parseConnection } from '@/signing/bunker'
import { parseBunkerLink } from '@/signing/bunkerLink'
import { createBunkerCodec, KIND_BUNKER } from '@/signing/bunkerMessage'
import { T0, unsigned } from '../../factories/events'
import { CUSTOMER, MERCHANT, STRANGER } from '../../factories/people'
import { mutateText } from '../mutate'
import { must, mustBePlain, mustBeResult, type Target } from '../target'

const RELAYS = ['wss://relay.example', 'wss://other.example/path?x=1']
const SECRET = 'cafe-secret-cafe'
const query = RELAYS.map((relay) => `relay=${encodeURIComponent(relay)}`).join('&')

const mustBeRelays = (relays: readonly string[]): void =>
  must(relays.length > 0 && relays.every((url) => /^wss?:\/\//i.test(url)), 'No relay to use')

const linkTarget: Target = {
  name: 'bunker link',
  share: 10,
  samples: [
    `bunker://${MERCHANT.pubkey}?${query}&secret=${SECRET}`,
    `bunker:${MERCHANT.pubkey}?relay=wss://relay.example`,
    `nostrconnect://${MERCHANT.pubkey}?${query}&secret=${SECRET}&perms=sign_event:4`,
  ],
  mutate: (sample, random) => {
    const once = mutateText(sample, random)
    return random.chance(0.4) ? mutateText(once, random) : once
  },
  feed([input = '']) {
    const result = parseBunkerLink(input)
    mustBeResult(result)
    if (!result.ok) return must(!result.reason.includes(SECRET), 'A reason repeats the secret')
    const { remoteSigner, relays, secret } = result.value
    mustBeRelays(relays)
    must(isHex64(remoteSigner) && relays.length <= 5, 'A link to nowhere')
    must(secret === null || secret !== '', 'A secret of no letters')
  },
}

const connectionTarget: Target = {
  name: 'bunker connection',
  share: 6,
  samples: [
    JSON.stringify({
      clientKey: '11'.repeat(32),
      remoteSigner: MERCHANT.pubkey,
      relays: RELAYS,
      user: CUSTOMER.pubkey,
    }),
  ],
  feed([input = '']) {
    const result = parseConnection(input)
    mustBeResult(result)
    if (!result.ok) return
    const { clientKey, remoteSigner, user } = result.value
    must([clientKey, remoteSigner, user].every(isHex64), 'A connection lacks a key')
  },
}

const codec = createBunkerCodec(CUSTOMER.secretKey, STRANGER.pubkey)
const conversation = getConversationKey(CUSTOMER.secretKey, STRANGER.pubkey)
/** As much as NIP-44 can encrypt. */
const MAX_BYTES = 65_535

const answerTarget: Target = {
  name: 'bunker answer',
  share: 6,
  samples: [
    JSON.stringify({ id: 'ab'.repeat(16), result: 'ack', error: null }),
    JSON.stringify({ id: 'cd', result: 'auth_url', error: 'https://bunker.example/allow' }),
    JSON.stringify({ id: 'ef', result: JSON.stringify({ kind: 4, tags: [], content: 'x' }) }),
  ],
  feed([input = '']) {
    if (input === '' || new TextEncoder().encode(input).length > MAX_BYTES) return
    const content = encrypt(input, conversation)
    const message = { kind: KIND_BUNKER, created_at: T0, tags: [], content }
    const result = codec.read(unsigned({ ...message, pubkey: STRANGER.pubkey }))
    mustBeResult(result)
    if (!result.ok) return
    const { id, error } = result.value
    mustBePlain([id, error], MAX_BYTES)
    must(typeof id === 'string' && typeof error === 'string', 'An answer without words')
  },
}

export const BUNKER_TARGETS: readonly Target[] = [linkTarget, connectionTarget, answerTarget]
