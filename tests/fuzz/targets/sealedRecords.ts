/** Sealed records: whole orders and conversations whose seal is sound, with anything inside. */
import { createOrderBook } from '@/domain/orderBook'
import { orderKey, type OrderId } from '@/domain/ids'
import { createConversationDocuments } from '@/storage/conversationDocuments'
import { writeDocument } from '@/storage/documentText'
import { createOrderDocuments } from '@/storage/orderDocuments'
import { sealedOptions } from '@/storage/sealedPorts'
import { T0, eventId } from '../../factories/events'
import { CUSTOMER, MERCHANT, OTHER_MERCHANT } from '../../factories/people'
import { sealedFor } from '../../factories/storage'
import { intended, orderRef, paymentRequested, placed, status } from '../../factories/orders'
import { allFacts } from '../../storage/samples'
import { must, type Target } from '../target'
import { storedTarget } from './storedRecord'

const ports = sealedFor(CUSTOMER.pubkey)

/** Seals a text as it is: also one that is no JSON. */
function sealText(kind: string, name: string, text: string): string {
  const { seal } = sealedOptions(ports, kind)
  return writeDocument(null, name, {
    version: 2,
    migrations: {},
    parse: () => ({ ok: true, value: null }),
    seal: { ...seal, close: (place) => seal.close(place, text) },
  })
}

const placeOf = (kind: string, name: string) => `${sealedOptions(ports, kind).prefix}${name}`

const GOOD = orderRef()
const GOOD_FACTS = [intended(), placed(), paymentRequested()]
const OTHER = orderRef({ merchant: OTHER_MERCHANT.pubkey, orderId: 'order-2' as OrderId })
const orders = (storage: Storage) => createOrderDocuments({ ...ports, storage })

const orderTarget: Target = storedTarget({
  name: 'order record',
  share: 12,
  samples: [
    JSON.stringify({ ref: OTHER, facts: [placed(), paymentRequested(), status({ paid: true })] }),
    JSON.stringify({ ref: OTHER, facts: allFacts }),
  ],
  key: placeOf('order', orderKey(OTHER)),
  toRecord: (input) => sealText('order', orderKey(OTHER), input),
  fill: (storage) => void orders(storage).mergeFacts(orderKey(GOOD), GOOD_FACTS),
  look(storage) {
    const all = orders(storage).readAll()
    const other = all.get(orderKey(OTHER))
    const found = other ? { ref: other.ref, facts: other.facts } : null
    return { good: all.get(orderKey(GOOD)), found }
  },
  use({ ref, facts }, storage) {
    const book = createOrderBook()
    for (const fact of facts) book.add(ref, fact)
    JSON.stringify([book.orders(), book.unmatched()])
    const more = status({ id: eventId(77), shipped: true })
    const merged = orders(storage).mergeFacts(orderKey(OTHER), [more])
    const ids = orders(storage)
      .read(orderKey(OTHER))
      ?.facts.map(({ id }) => id)
    must(ids?.includes(more.id) === true, 'An order took no more facts')
    must(merged.facts.length >= facts.length, 'Facts of an order were lost')
  },
})

const conversations = (storage: Storage) => createConversationDocuments({ ...ports, storage })
const text = (n: number) => ({
  eventId: eventId(n),
  author: MERCHANT.pubkey,
  time: T0 + n,
  text: 'Hello',
})

const conversationTarget: Target = storedTarget({
  name: 'conversation record',
  share: 8,
  samples: [JSON.stringify({ peer: OTHER_MERCHANT.pubkey, texts: [text(1), text(2)] })],
  key: placeOf('conversation', OTHER_MERCHANT.pubkey),
  toRecord: (input) => sealText('conversation', OTHER_MERCHANT.pubkey, input),
  fill: (storage) => void conversations(storage).addTexts(MERCHANT.pubkey, [text(3)]),
  look(storage) {
    const all = conversations(storage).readAll()
    return { good: all.get(MERCHANT.pubkey), found: all.get(OTHER_MERCHANT.pubkey) ?? null }
  },
  use({ peer, texts }, storage) {
    const added = conversations(storage).addTexts(peer, [text(9)])
    must(added.texts.length >= Math.min(1, texts.length), 'Texts were lost')
    must(
      conversations(storage)
        .read(peer)
        ?.texts.some((one) => one.eventId === eventId(9)) === true,
      'A conversation took no more texts',
    )
  },
})

/** The envelope itself, and what is sealed for another place. */
const envelopeTarget: Target = storedTarget({
  name: 'sealed envelope',
  share: 6,
  samples: [sealText('order', orderKey(OTHER), JSON.stringify({ ref: OTHER, facts: [placed()] }))],
  key: placeOf('order', orderKey(OTHER)),
  fill: (storage) => void orders(storage).mergeFacts(orderKey(GOOD), GOOD_FACTS),
  look(storage) {
    const all = orders(storage).readAll()
    const other = all.get(orderKey(OTHER))
    return { good: all.get(orderKey(GOOD)), found: other ? { facts: other.facts } : null }
  },
})

export const SEALED_TARGETS: readonly Target[] = [orderTarget, conversationTarget, envelopeTarget]
