/** Records of web storage: a bad one is moved aside or left alone, and never lost or in the way. */
import { createCartDocuments } from '@/storage/cartDocuments'
import { createOutboxDocuments } from '@/storage/outboxDocuments'
import { newItem } from '@/relays/deliveries'
import { T0, signed } from '../../factories/events'
import { CUSTOMER } from '../../factories/people'
import { createFakeBrowser } from '../../storage/fakeBrowser'
import { cart, stallAddress } from '../../storage/samples'
import { must, type Target } from '../target'

const event = signed(CUSTOMER, { kind: 4, created_at: T0, tags: [], content: 'AA==?iv=BB==' })
const other = signed(CUSTOMER, { kind: 4, created_at: T0, tags: [], content: 'CC==?iv=DD==' })
const item = newItem(event, ['wss://one.example'], T0 * 1000)

/** A browser that holds one good record. */
function withGood(kind: 'cart' | 'outbox') {
  const { storage } = createFakeBrowser().openTab()
  if (kind === 'cart') createCartDocuments({ storage }).merge(stallAddress, cart)
  else createOutboxDocuments({ storage }).save(item)
  return storage
}

const goodText = (kind: 'cart' | 'outbox'): string => {
  const storage = withGood(kind)
  return storage.getItem(storage.key(0) ?? '') ?? ''
}

const everything = (storage: Storage): string =>
  JSON.stringify(Array.from({ length: storage.length }, (_, n) => storage.getItem(storage.key(n)!)))

function recordTarget(kind: 'cart' | 'outbox'): Target {
  const key = kind === 'cart' ? `souk:cart:${stallAddress}x` : `souk:outbox:${other.id}`
  return {
    name: `${kind} record`,
    share: 12,
    samples: [goodText(kind)],
    feed([input = '']) {
      const storage = withGood(kind)
      storage.setItem(key, input)
      const found =
        kind === 'cart'
          ? [...createCartDocuments({ storage }).readAll().keys()]
          : createOutboxDocuments({ storage })
              .load()
              .map((one) => one.event.id)
      must(found.includes(kind === 'cart' ? stallAddress : event.id), 'A good record is hidden')
      const kept = everything(storage)
      const inside = JSON.stringify(JSON.stringify(input)).slice(3, -3)
      must(
        found.length === 2 || storage.getItem(key) === input || kept.includes(inside),
        'A bad record is lost',
      )
    },
  }
}

export const RECORD_TARGETS: readonly Target[] = [recordTarget('cart'), recordTarget('outbox')]
