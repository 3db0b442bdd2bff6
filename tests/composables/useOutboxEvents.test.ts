// @vitest-environment happy-dom
/** No answer of a relay is lost: not one that came while nobody listened, nor while nobody was signed in. */
import { describe, expect, it } from 'vitest'
import { useOutboxEvents } from '@/composables/useOutboxEvents'
import { orderKey } from '@/domain/ids'
import type { Delivery, OutboxItem } from '@/protocol/relay'
import { createOutboxDocuments } from '@/storage/outboxDocuments'
import { useOrdersStore } from '@/stores/orders'
import { useRelaysStore } from '@/stores/relays'
import { directMessage, signed, T0 } from '../factories/events'
import { orderRef, placed } from '../factories/orders'
import { CUSTOMER, MERCHANT } from '../factories/people'
import { outboxItem, testPool } from '../factories/ports'
import { appPorts, openApp, until } from '../support/app'
import '../support/browser'

const message = directMessage('an order', { from: CUSTOMER, to: MERCHANT })
const RELAYS = ['wss://one.example', 'wss://two.example'] as const

const answered = (outcome: Delivery['outcome'], relay: string, reason = ''): Delivery => ({
  relay,
  outcome,
  reason,
  attempts: 1,
  nextAttemptAt: null,
})

/** The outbox of an earlier page that closed between the answers and their facts. */
function leaveBehind(...items: readonly OutboxItem[]) {
  const documents = createOutboxDocuments()
  items.forEach(documents.save)
  return () => documents.load()
}

const open = () => openApp(appPorts([], { pool: testPool(RELAYS) }))
const answersOf = () =>
  useOrdersStore()
    .order(orderKey(orderRef()))
    ?.relayAnswers.map(({ relay, accepted }) => [relay, accepted])

const done = outboxItem(message, [
  answered('accepted', RELAYS[0]),
  answered('refused', RELAYS[1], 'blocked: no'),
])

describe('answers of relays', () => {
  it('that nobody had recorded become facts, and only then the item is forgotten', async () => {
    const left = leaveBehind(done)
    const app = open()
    app.signIn(CUSTOMER)
    useOrdersStore().record(orderRef(), [placed({ id: message.id })])
    app.run(useOutboxEvents)
    await until(() => answersOf()?.length === 2, 'the answers')
    expect(answersOf()).toEqual([
      [RELAYS[0], true],
      [RELAYS[1], false],
    ])
    expect(left()).toEqual([])
    expect(useRelaysStore().deliveriesOf(message.id)).toBeNull()
  })

  it('wait for the author of the message', async () => {
    const left = leaveBehind(done)
    const app = open()
    app.run(useOutboxEvents)
    await until(() => useRelaysStore().deliveriesOf(message.id) !== null, 'the item')
    expect(left()).toHaveLength(1)
    app.signIn(CUSTOMER)
    useOrdersStore().record(orderRef(), [placed({ id: message.id })])
    app.signIn(CUSTOMER)
    await until(() => left().length === 0, 'the facts')
    expect(answersOf()).toHaveLength(2)
  })

  it('wait for their author where the other party uses this browser meanwhile', async () => {
    const left = leaveBehind(done)
    const app = open()
    app.signIn(MERCHANT)
    const orders = useOrdersStore()
    orders.knowSellers(new Set([MERCHANT.pubkey]))
    orders.record(orderRef(), [placed({ id: message.id })])
    app.run(useOutboxEvents)
    await until(() => useRelaysStore().deliveriesOf(message.id) !== null, 'the item')
    expect([left().length, answersOf()]).toEqual([1, []])
    app.signIn(CUSTOMER)
    orders.record(orderRef(), [placed({ id: message.id })])
    app.signIn(CUSTOMER)
    await until(() => left().length === 0, 'the facts')
    expect(answersOf()).toHaveLength(2)
  })

  it('about something public need no order', async () => {
    const stall = signed(MERCHANT, {
      kind: 30017,
      created_at: T0,
      tags: [['d', 'stall']],
      content: '{}',
    })
    const left = leaveBehind(outboxItem(stall, [answered('accepted', RELAYS[0])]))
    open().run(useOutboxEvents)
    await until(() => left().length === 0, 'the item to be forgotten')
  })
})
