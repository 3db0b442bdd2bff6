/** Backups: the file around, the contents that its owner signed, and bad entries among good ones. */
import { readContents, writeContents } from '@/storage/backupContents'
import { openBackup, sealBackup } from '@/storage/backupFile'
import { contents, signedContents, signedText } from '../../factories/backups'
import { eventId, signed, T0 } from '../../factories/events'
import { intended, orderRef, placed } from '../../factories/orders'
import { CUSTOMER, MERCHANT } from '../../factories/people'
import { allFacts, cart } from '../../storage/samples'
import { must, mustBePlain, mustBeResult, type Target } from '../target'

const PASSWORD = 'password'
/** Files that ask for more work than this are left out: each would take seconds, as they may. */
const MAX_LOG_N = 8

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

const roundsOf = (text: string): unknown =>
  isJson(text) ? (Object(JSON.parse(text)) as { logN?: unknown }).logN : null

const TEXT = 'The text inside of the backup'
const file = await sealBackup(TEXT, PASSWORD, { logN: 1 })

const fileTarget: Target = {
  name: 'backup file',
  share: 10,
  samples: [file],
  async feed([input = '']) {
    const logN = roundsOf(input)
    if (typeof logN === 'number' && logN > MAX_LOG_N && logN <= 20) return
    const opened = await openBackup(input, PASSWORD)
    mustBeResult(opened)
    must(!opened.ok || opened.value === TEXT, 'A file opened with a text that nobody sealed')
  },
}

const order = { ref: orderRef(), facts: [intended(), placed()], unreadable: [] }
const text = { eventId: eventId(1), author: MERCHANT.pubkey, time: T0, text: 'Hello' }
const message = signed(CUSTOMER, {
  kind: 4,
  created_at: T0,
  tags: [['p', MERCHANT.pubkey]],
  content: 'AAAA?iv=BBBB',
})
const whole = contents({
  orders: [order],
  conversations: [{ peer: MERCHANT.pubkey, texts: [text] }],
  carts: [cart],
  settings: { theme: 'dark' },
  unsent: [message],
})

function read(signedBackup: string) {
  const result = readContents(signedBackup, CUSTOMER.pubkey)
  mustBeResult(result)
  return result.ok ? result.value : null
}

const contentsTarget: Target = {
  name: 'backup contents',
  share: 4,
  samples: [writeContents(whole)],
  feed([input = '']) {
    const found = read(signedText(input))
    if (!found) return
    const { owner, orders, conversations, carts, unsent } = found.contents
    must(owner === CUSTOMER.pubkey, 'A backup of somebody else was read')
    const facts = orders.map((one) => one.facts)
    mustBePlain([facts, conversations, carts], input.length)
    must(
      unsent.every(({ id }) => id === message.id),
      'A message was read that nobody signed',
    )
  },
}

const good = signedContents(whole)
const goodRead = JSON.stringify(read(good)?.contents ?? {})

/** Mutated after they were signed: nothing of it may be believed. */
const forgedTarget: Target = {
  name: 'forged backup',
  share: 4,
  samples: [good],
  feed([input = '']) {
    const found = read(input)
    must(
      !found || JSON.stringify(found.contents) === goodRead,
      'A backup was believed that its owner did not sign',
    )
  },
}

const goodOnes = JSON.parse(goodRead) as Record<string, unknown[]>
const LISTS = ['orders', 'conversations', 'carts', 'unsent'] as const

/** Puts the text before the good entries of every list. */
const withEntry = (entry: string): string =>
  LISTS.reduce(
    (all, list) => all.replace(`"${list}":[`, () => `"${list}":[${entry},`),
    writeContents(whole),
  )

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

const entryTarget: Target = {
  name: 'backup entry',
  share: 4,
  samples: [
    { ...order, ref: orderRef({ merchant: CUSTOMER.pubkey, customer: MERCHANT.pubkey }) },
    { ref: orderRef(), facts: allFacts },
    { peer: CUSTOMER.pubkey, texts: [text] },
    { ...cart, lines: [] },
    { ...message, id: eventId(5) },
  ].map((entry) => JSON.stringify(entry)),
  feed([input = '']) {
    if (!isJson(input)) return
    const result = read(signedText(withEntry(input)))
    must(result !== null, 'One bad entry hides a whole backup')
    for (const list of LISTS) {
      const entries: readonly unknown[] = result.contents[list]
      must(
        goodOnes[list]?.every((one) => entries.some((entry) => same(entry, one))) === true,
        'A good entry of a backup is hidden',
      )
    }
  },
}

export const BACKUP_TARGETS: readonly Target[] = [
  fileTarget,
  contentsTarget,
  forgedTarget,
  entryTarget,
]
