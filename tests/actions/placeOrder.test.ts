/** Placing an order: the intent is stored before anything is signed, the bytes before they are sent. */
import { describe, expect, it } from 'vitest'
import { createOrderId, placeOrder } from '@/actions/placeOrder'
import { resumeSending } from '@/actions/resumeSending'
import { foldOrder } from '@/domain/orderFold'
import { decodeOrderMessage } from '@/protocol/orderMessage'
import { localSigner } from '@/signing/localKey'
import { pricing, request } from '../factories/orders'
import { CUSTOMER, MERCHANT } from '../factories/people'
import { DECLINED, decliningSigner, sendPorts } from '../factories/ports'

describe('placing an order', () => {
  it('goes step by step', async () => {
    const { ports, log } = sendPorts(CUSTOMER)
    const steps: string[] = []
    await placeOrder(ports, MERCHANT.pubkey, request(), pricing(), (step) => steps.push(step))
    expect(log).toEqual([
      'journal: intended',
      'encrypt',
      'sign',
      'journal: placed',
      'journal: signed',
      'outbox',
    ])
    expect(steps).toEqual(['saving', 'signing', 'sending'])
  })

  it('sends a message that its merchant can read', async () => {
    const { ports, outbox } = sendPorts(CUSTOMER)
    await placeOrder(ports, MERCHANT.pubkey, request(), pricing())
    const [event] = outbox.sent
    const plain = await localSigner(MERCHANT.secretKey).nip04Decrypt(
      CUSTOMER.pubkey,
      event!.content,
    )
    expect(plain.ok && decodeOrderMessage(plain.value)).toEqual({
      ok: true,
      value: { type: 'order', request: request() },
    })
    expect(event!.tags).toEqual([['p', MERCHANT.pubkey]])
  })

  it('gives an order that is placed, priced and known by the signed message', async () => {
    const { ports, journal } = sendPorts(CUSTOMER)
    const result = await placeOrder(ports, MERCHANT.pubkey, request(), pricing())
    if (!result.ok) throw new Error(result.reason.message)
    const { ref, event } = result.value
    expect(journal.records.every((record) => record.ref.orderId === ref.orderId)).toBe(true)
    const order = foldOrder(
      ref,
      journal.records.map(({ fact }) => fact),
    )
    expect(order).toMatchObject({ placedEventId: event.id, expected: { sat: 1100 } })
  })
})

describe('when something fails', () => {
  it('a signer that declines keeps the intent and sends nothing', async () => {
    const { ports, log, outbox } = sendPorts(CUSTOMER, { signer: decliningSigner(CUSTOMER) })
    const result = await placeOrder(ports, MERCHANT.pubkey, request(), pricing())
    expect(result).toEqual({ ok: false, reason: DECLINED })
    expect(log).toEqual(['journal: intended'])
    expect(outbox.sent).toEqual([])
  })

  it('a full storage signs and sends nothing', async () => {
    const { ports, log, journal } = sendPorts(CUSTOMER)
    journal.failure = new Error('The storage is full.')
    const placing = placeOrder(ports, MERCHANT.pubkey, request(), pricing())
    await expect(placing).rejects.toThrow('The storage is full.')
    expect(log).toEqual([])
  })

  it('a full outbox leaves a stored order, which goes out unchanged once there is room', async () => {
    const { ports, journal, outbox } = sendPorts(CUSTOMER)
    const full = () => {
      throw new Error('The storage is full.')
    }
    const blocked = { ...ports, outbox: { ...ports.outbox, enqueue: full } }
    const placed = await placeOrder(blocked, MERCHANT.pubkey, request(), pricing())
    expect(placed.ok).toBe(true)
    const facts = journal.records.map(({ fact }) => fact)
    const order = foldOrder(journal.records[0]!.ref, facts)
    expect(outbox.sent).toEqual([])
    expect(resumeSending(outbox, [order])).toBe(0)
    expect(outbox.sent).toEqual([placed.ok && placed.value.event])
  })

  it('an order that no merchant would answer is not even stored', async () => {
    const { ports, log } = sendPorts(CUSTOMER)
    const hopeless = request({ shippingId: null })
    await expect(placeOrder(ports, MERCHANT.pubkey, hopeless, pricing())).rejects.toThrow()
    expect(log).toEqual([])
  })
})

it('makes a new order id each time', () => {
  expect(new Set(Array.from({ length: 50 }, createOrderId)).size).toBe(50)
})
