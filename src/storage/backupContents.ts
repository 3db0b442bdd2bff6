/** The text inside a backup: what it holds and the owner's proof, read with the schemas of storage. */
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import * as v from 'valibot'
import { orderKey, type Pubkey } from '@/domain/ids'
import { fail, ok, type Result } from '@/domain/result'
import { readBackupProof, type BackupContents, type BackupOrder } from '@/protocol/backup'
import type { VerifiedEvent } from '@/protocol/event'
import { verifyEvent } from '@/protocol/verifyEvent'
import { parseCart } from './cartDocuments'
import { conversationFormat } from './conversationDocuments'
import { orderFormat } from './orderDocuments'
import { orderIdSchema, parseWith, pubkeySchema, timeSchema } from './schemas'

/** The version of the contents; that of the file around them is apart. */
const VERSION = 1

export interface ReadBackup {
  readonly contents: BackupContents
  /** Entries that cannot be read, each with the reason. They are left out. */
  readonly skipped: readonly string[]
}

const entries = v.array(v.unknown())

const shapeSchema = v.object({
  version: v.number(),
  owner: pubkeySchema,
  madeAt: timeSchema,
  orders: entries,
  conversations: entries,
  carts: entries,
  settings: v.nullish(v.unknown(), null),
  unsent: entries,
})
const parseShape = parseWith<v.InferOutput<typeof shapeSchema>>(shapeSchema)

const parseRef = parseWith(
  v.object({ merchant: pubkeySchema, customer: pubkeySchema, orderId: orderIdSchema }),
)

const parseSigned = parseWith(v.object({ contents: v.string(), proof: v.unknown() }))

/** The text of contents, which the owner signs before it is sealed. */
export const writeContents = ({ orders, ...rest }: BackupContents): string =>
  JSON.stringify({
    version: VERSION,
    ...rest,
    orders: orders.map(({ ref, facts, unreadable }) => ({ ref, facts: [...facts, ...unreadable] })),
  })

/** SHA-256, in hex. */
export const digestOf = (contents: string): string => bytesToHex(sha256(utf8ToBytes(contents)))

/** What is sealed: the contents exactly as they were signed. */
export const withProof = (contents: string, proof: VerifiedEvent): string =>
  JSON.stringify({ contents, proof })

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

const fieldOf = (entry: unknown, name: string): unknown =>
  typeof entry === 'object' && entry !== null ? (entry as Record<string, unknown>)[name] : undefined

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

/** Reads each entry by itself: one that is bad hides no other. */
function readEach<T>(
  what: string,
  list: readonly unknown[],
  read: (entry: unknown) => Result<T>,
  skipped: string[],
): T[] {
  return list.flatMap((entry) => {
    const result = read(entry)
    if (result.ok) return [result.value]
    skipped.push(`${what}: ${result.reason}`)
    return []
  })
}

function readOrder(entry: unknown, owner: Pubkey): Result<BackupOrder> {
  const ref = parseRef(fieldOf(entry, 'ref'))
  if (!ref.ok) return fail(`ref: ${ref.reason}`)
  const order = orderFormat.parse(entry, orderKey(ref.value))
  if (!order.ok) return order
  const { merchant, customer } = order.value.ref
  return merchant === owner || customer === owner ? order : fail('it belongs to somebody else')
}

function readUnsent(entry: unknown, owner: Pubkey): Result<VerifiedEvent> {
  const event = verifyEvent(entry)
  if (!event.ok) return event
  return event.value.pubkey === owner ? event : fail('somebody else signed it')
}

const readConversation = (entry: unknown) =>
  conversationFormat.parse(entry, textOf(fieldOf(entry, 'peer')))

const readCart = (entry: unknown) => parseCart(entry, textOf(fieldOf(entry, 'stallAddress')))

const FOREIGN =
  'This backup belongs to another key than the one you are signed in with. Sign in with its key, then import it.'

/**
 * Reads what a backup holds, for the identity in use. The facts in it are believed because the
 * owner has signed them: a file that somebody else made up could put words into a merchant's mouth.
 */
export function readContents(text: string, user: Pubkey): Result<ReadBackup> {
  const signed = parseSigned(parseJson(text))
  if (!signed.ok) return fail('This backup is empty. Choose another file.')
  const { contents, proof } = signed.value
  const signer = readBackupProof(proof, digestOf(contents))
  if (!signer.ok) return fail(`This backup was not imported: ${signer.reason}.`)
  const data = parseJson(contents)
  const version = fieldOf(data, 'version')
  if (typeof version === 'number' && version > VERSION) {
    return fail('This backup was made by a newer Souk. Reload the page to get it, then try again.')
  }
  const shape = parseShape(data)
  if (!shape.ok) return fail(`This backup cannot be read (${shape.reason}). Choose another one.`)
  const { owner } = shape.value
  if (owner !== signer.value) return fail('This backup was not imported: somebody else signed it.')
  if (owner !== user) return fail(FOREIGN)
  return ok(readEntries(shape.value, owner))
}

function readEntries(shape: v.InferOutput<typeof shapeSchema>, owner: Pubkey): ReadBackup {
  const skipped: string[] = []
  const contents: BackupContents = {
    owner,
    madeAt: shape.madeAt,
    orders: readEach('An order', shape.orders, (entry) => readOrder(entry, owner), skipped),
    conversations: readEach('A conversation', shape.conversations, readConversation, skipped),
    carts: readEach('A cart', shape.carts, readCart, skipped),
    settings: shape.settings,
    unsent: readEach('A message', shape.unsent, (entry) => readUnsent(entry, owner), skipped),
  }
  return { contents, skipped }
}
