/** Signing with a bunker (NIP-46): a program elsewhere that holds the key and is asked over relays. */
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js'
import { generateSecretKey } from 'nostr-tools/pure'
import * as v from 'valibot'
import { isHex64, toPubkey, type Pubkey } from '@/domain/ids'
import { fail, ok, type Result } from '@/domain/result'
import { parseObject, parseWith } from '@/protocol/json'
import type { Signer, SignerProblem } from '@/protocol/signer'
import {
  CONFIRM_WITHIN_MS,
  createBunkerChannel,
  type BunkerChannel,
  type OpenPool,
} from './bunkerChannel'
import { PERMISSIONS, usableRelays, type AppName, type BunkerLink } from './bunkerLink'
import { signAsClient } from './bunkerMessage'
import { createCallQueue } from './callQueue'
import { checkedSigner, type CipherName, type RawSigner } from './checkedSigner'
import type { SignerDesk } from './signerDesk'
import { problem, SignerTrouble } from './signerProblems'

/** What is needed to go on after a reload. The client key is a secret: whoever has it may ask for signatures. */
export interface BunkerConnection {
  /** The key of this connection, 64 hex characters; not the person's. */
  readonly clientKey: string
  readonly remoteSigner: Pubkey
  readonly relays: readonly string[]
  /** The person's public key, under which the bunker signs. */
  readonly user: Pubkey
}

export interface BunkerPorts {
  readonly openPool: OpenPool
  readonly app: AppName
  readonly desk: SignerDesk
  /** The connection is to be kept: it is new, or the bunker moved to other relays. */
  readonly onConnection: (connection: BunkerConnection) => void
  /** Unix seconds. */
  readonly now?: () => number
  /** Milliseconds for each answer. Default 60,000. */
  readonly answerWithinMs?: number
}

export interface OpenBunker {
  readonly signer: Signer
  /** Tells the bunker that this connection has ended, if it listens, and closes it. */
  end(): Promise<void>
  /** Closes the connection here; the bunker goes on knowing it. */
  close(): void
}

export const HOLDER = 'your bunker'
const LOGOUT_WITHIN_MS = 4_000

const hex64 = v.pipe(
  v.string(),
  v.check((text) => isHex64(text)),
)
const connectionSchema = v.object({
  clientKey: hex64,
  remoteSigner: hex64,
  relays: v.array(v.string()),
  user: hex64,
})

/** Reads a connection that was kept as JSON. */
export function parseConnection(text: string): Result<BunkerConnection> {
  const json = parseObject(text)
  const parsed = json.ok ? parseWith(connectionSchema, json.value) : json
  if (!parsed.ok) return parsed
  const { clientKey, remoteSigner, relays, user } = parsed.value
  return ok({ clientKey, remoteSigner: remoteSigner as Pubkey, relays, user: user as Pubkey })
}

/** Opens the channel of a connection whose person may not be known yet. */
export function openChannel(
  { clientKey, remoteSigner, relays }: Omit<BunkerConnection, 'user'>,
  ports: BunkerPorts,
): BunkerChannel {
  const key = hexToBytes(clientKey)
  return createBunkerChannel({
    clientKey: key,
    address: { remoteSigner, relays },
    openPool: (urls) => ports.openPool(urls, async (template) => ok(signAsClient(key, template))),
    onAuthUrl: ports.desk.showAuthUrl,
    now: ports.now ?? (() => Math.floor(Date.now() / 1000)),
    answerWithinMs: ports.answerWithinMs,
  })
}

const METHODS = { 'NIP-04': 'nip04', 'NIP-44': 'nip44' } as const

function parseJson(text: unknown): unknown {
  if (typeof text !== 'string') return text
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

const toRawSigner = ({ request }: BunkerChannel): RawSigner => ({
  getPublicKey: () => request('get_public_key', []),
  signEvent: async (template) => parseJson(await request('sign_event', [JSON.stringify(template)])),
  cipher: (name: CipherName) => ({
    encrypt: (peer, text) => request(`${METHODS[name]}_encrypt`, [peer, text]),
    decrypt: (peer, ciphertext) => request(`${METHODS[name]}_decrypt`, [peer, ciphertext]),
  }),
})

/** Asks where the bunker wants to be asked from now on. One that does not answer stays where it is. */
async function followRelays(
  channel: BunkerChannel,
  connection: BunkerConnection,
  ports: BunkerPorts,
): Promise<void> {
  const answer = parseJson(await channel.request('switch_relays', []).catch(() => null))
  if (!Array.isArray(answer)) return
  const relays = usableRelays(answer.filter((url) => typeof url === 'string'))
  if (relays.length === 0 || relays.join() === connection.relays.join()) return
  channel.moveTo(relays)
  ports.onConnection({ ...connection, relays })
}

/** Tells the bunker that the connection is not needed any more. It need not hear it. */
async function logOut(channel: BunkerChannel): Promise<void> {
  const late = new Promise((resolve) => setTimeout(resolve, LOGOUT_WITHIN_MS))
  await Promise.race([channel.request('logout', []).catch(() => null), late])
  channel.close()
}

/** Ends a connection that was kept and is not open. */
export const endConnection = (connection: BunkerConnection, ports: BunkerPorts): Promise<void> =>
  logOut(openChannel(connection, ports))

/** A signer over a channel whose person is known. */
function useChannel(
  channel: BunkerChannel,
  connection: BunkerConnection,
  ports: BunkerPorts,
): OpenBunker {
  void followRelays(channel, connection, ports)
  return {
    signer: checkedSigner(toRawSigner(channel), connection.user, {
      holder: HOLDER,
      desk: ports.desk,
      timeoutMs: CONFIRM_WITHIN_MS,
    }),
    end: () => logOut(channel),
    close: channel.close,
  }
}

/** Goes on with a connection of earlier. Nothing is asked of the person. */
export const reopenBunker = (connection: BunkerConnection, ports: BunkerPorts): OpenBunker =>
  useChannel(openChannel(connection, ports), connection, ports)

/** Asks the bunker whose key it holds, which is not the key that it answers with. */
export async function meetUser(
  channel: BunkerChannel,
  address: Omit<BunkerConnection, 'user'>,
  ports: BunkerPorts,
): Promise<Result<OpenBunker, SignerProblem>> {
  const queue = createCallQueue({ holder: HOLDER, desk: ports.desk, timeoutMs: CONFIRM_WITHIN_MS })
  const answer = await queue.run('tell the public key', () => channel.request('get_public_key', []))
  if (!answer.ok) return answer
  const user = toPubkey(answer.value)
  if (!user.ok) {
    return problem(
      'wrong-answer',
      'Your bunker did not say whose key it holds. Check it, and try again.',
    )
  }
  const connection = { ...address, user: user.value }
  ports.onConnection(connection)
  return ok(useChannel(channel, connection, ports))
}

/** Asks to be let in. Only "ack" or the link's own secret is a yes. */
async function knock(channel: BunkerChannel, link: BunkerLink, app: AppName): Promise<void> {
  const { remoteSigner, secret } = link
  const answer = await channel.request('connect', [
    remoteSigner,
    secret ?? '',
    PERMISSIONS,
    JSON.stringify(app),
  ])
  if (answer === 'ack' || (secret !== null && answer === secret)) return
  const why = 'Your bunker did not accept the connection. Make a new link in it, and try again.'
  throw new SignerTrouble('wrong-answer', why)
}

/** Connects to the bunker of a pasted link, under a key made for this connection. */
export async function connectBunker(
  link: BunkerLink,
  ports: BunkerPorts,
): Promise<Result<OpenBunker, SignerProblem>> {
  const { remoteSigner, relays } = link
  const address = { clientKey: bytesToHex(generateSecretKey()), remoteSigner, relays }
  const channel = openChannel(address, ports)
  const queue = createCallQueue({ holder: HOLDER, desk: ports.desk, timeoutMs: CONFIRM_WITHIN_MS })
  const knocked = await queue.run('connect', () => knock(channel, link, ports.app))
  const met = knocked.ok ? await meetUser(channel, address, ports) : fail(knocked.reason)
  if (!met.ok) channel.close()
  return met
}
