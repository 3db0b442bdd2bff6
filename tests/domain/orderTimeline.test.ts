/** The timeline tells each step of an order in a sentence, with the words that came along. */
import { describe, expect, it } from 'vitest'
import { eventId } from '../factories/events'
import { describeFact } from '@/domain/orderTimeline'
import { cannotBeProcessed, intended, paymentRequested, placed, proved } from '../factories/orders'
import { relaySaid, request, status } from '../factories/orders'

const told = (fact: Parameters<typeof describeFact>[0]) => describeFact(fact)[0]

describe('the timeline', () => {
  it.each([
    [intended(), 'Order saved on this device', ''],
    [placed({ request: request({ message: 'Hurry' }) }), 'Order placed', 'Hurry'],
    [relaySaid('wss://relay.example/', true), 'Stored by relay.example', ''],
    [relaySaid('wss://relay.example/', false), 'Not stored by relay.example', 'blocked: no'],
    [paymentRequested({ invoice: null }), 'Invoice from the merchant', 'Tea: 1 x 1000'],
    [proved(), 'Paid', ''],
    [status({ shipped: true, paid: true }), 'Shipped', ''],
    [status({ shipped: false, paid: true }), 'The merchant says: paid', ''],
    [status({ shipped: false }), 'The merchant says: not shipped', ''],
    [status(), 'Message from the merchant', ''],
  ])('tells %o', (fact, text, words) => {
    expect(told(fact)).toMatchObject({ factId: fact.id, text, words })
  })

  it.each(['timed-out', 'unreachable'])(
    'puts no words into the mouth of a relay: %s',
    (outcome) => {
      const fact = relaySaid('wss://relay.example/', false)
      const silent = { ...fact, id: `refused:x:wss://relay.example/:${outcome}:retrying` }
      expect(told(silent)).toMatchObject({
        text: 'Not stored by relay.example. blocked: no',
        words: '',
      })
    },
  )

  it('names the amount of an invoice', () => {
    expect(told(paymentRequested())?.text).toMatch(/for 1.?100 sat$/)
  })

  it('passes on why a merchant refuses', () => {
    expect(told(cannotBeProcessed())?.words).toContain('cannot be processed')
  })

  it('leaves out what is no step of the story', () => {
    expect(told({ ...intended(), type: 'priced', placedEventId: eventId(1) })).toBeUndefined()
  })
})
