/** A relay that wants a proof of work gets it: asked for, signed anew, and never for what a relay has. */
import { hexToBytes } from '@noble/hashes/utils.js'
import { describe, expect, it } from 'vitest'
import { placeOrder } from '@/actions/placeOrder'
import type { MineProof } from '@/actions/ports'
import { proveWork } from '@/actions/proveWork'
import { resumeSending, signedEvent } from '@/actions/resumeSending'
import { orderKey } from '@/domain/ids'
import { createInlineVerifier } from '@/relays/inlineVerifier'
import { findNonce, leadingZeroBits, withNonce } from '@/relays/proofOfWork'
import { localSigner } from '@/signing/localKey'
import { startRelay } from '../../dev/relay/relay'
import { orderRef, pricing, request } from '../factories/orders'
import { CUSTOMER, MERCHANT } from '../factories/people'
import { seededRandom } from '../factories/random'
import { createFaultyRelay } from '../faults/faultyRelay'
import { refuse } from '../faults/relayFaults'
import { later, until } from '../relays/support'
import { openClient } from '../soak/client'
import { createDisk } from '../soak/disk'

const BITS = 8
const KEY = orderKey(orderRef())
const mineHere: MineProof = async (job) => {
  const nonce = findNonce(job, 0, 1_000_000)
  return nonce === null ? null : withNonce(job, nonce)
}
const work = () => ({
  bits: BITS,
  onProgress: () => undefined,
  signal: new AbortController().signal,
})

/** A relay that takes only what has its proof, and an order that it has refused. */
async function refusedOrder() {
  const upstream = later(await startRelay(), (relay) => relay.close())
  const wantsProof = refuse(({ id }) =>
    leadingZeroBits(hexToBytes(id)) < BITS ? `pow: ${BITS} bits needed` : null,
  )
  const relay = later(
    await createFaultyRelay({ upstream: upstream.url, faults: [wantsProof] }),
    (one) => one.close(),
  )
  const disk = createDisk()
  const open = () =>
    later(
      openClient({
        relays: [relay.url],
        signer: localSigner(CUSTOMER.secretKey),
        verifier: createInlineVerifier(),
        disk: disk.open({ diesAt: Infinity, keepsLast: true, onDeath: () => undefined }),
        random: seededRandom(1),
      }),
      (one) => one.close(),
    )
  const client = open()
  const order = () => client.book.order(KEY)
  await placeOrder(client.send, MERCHANT.pubkey, request(), pricing())
  await until(() => order()?.relayAnswers.length === 1, 'the refusal')
  expect(order()?.relayAnswers[0]).toMatchObject({ accepted: false, retrying: false })
  const reread = () => client.book.order(KEY)
  return { upstream, relay, client, open, reread, order: () => order()! }
}

describe('a proof of work for an order', () => {
  it('is computed, signed and sent, and the first message never goes out again', async () => {
    const { upstream, relay, client, open, reread, order } = await refusedOrder()
    const first = order().placedEventId
    expect(await proveWork({ ...client.send, reread, mine: mineHere }, order(), work())).toEqual({
      ok: true,
      value: true,
    })
    await until(() => upstream.events().length === 1, 'the order at the relay')
    await until(() => order().relayAnswers.some(({ accepted }) => accepted), 'the answer')
    expect(order().placedEventId).toBe(upstream.events()[0]!.id)
    expect(order().placedEventId).not.toBe(first)
    const sent = relay.heardOf('EVENT').length
    client.close()
    const again = open()
    expect(resumeSending(again.outbox, again.book.orders())).toBe(0)
    expect(again.outbox.items()).toEqual([])
    expect(relay.heardOf('EVENT')).toHaveLength(sent)
  })

  it('that is given up leaves the order as it was, on its way', async () => {
    const { upstream, client, reread, order } = await refusedOrder()
    const first = order().placedEventId
    const done = await proveWork(
      { ...client.send, reread, mine: async () => null },
      order(),
      work(),
    )
    expect(done).toMatchObject({ ok: false, reason: expect.stringContaining('stopped') })
    expect(client.outbox.items().map(({ event }) => event.id)).toEqual([first])
    expect(upstream.events()).toEqual([])
    expect(order().placedEventId).toBe(first)
  })

  it.each([
    ['given up', async () => null],
    ['done', mineHere],
  ])(
    'that is %s after its identity has left sends nothing until that is back',
    async (_how, mine) => {
      const { client, reread, order } = await refusedOrder()
      const first = order().placedEventId
      let isOpen = true
      const journal = { ...client.send.journal, isOpen: () => isOpen }
      const mineSlowly: MineProof = async (...job) => {
        isOpen = false
        return mine(...job)
      }
      const done = await proveWork(
        { ...client.send, journal, reread, mine: mineSlowly },
        order(),
        work(),
      )
      expect(done.ok).toBe(false)
      expect(client.outbox.items()).toEqual([])
      resumeSending(client.outbox, client.book.orders())
      expect(client.outbox.items().map(({ event }) => event.id)).toEqual([first])
    },
  )

  it('is not made beyond the cap, nor for what a relay has taken', async () => {
    const { relay, client, reread, order } = await refusedOrder()
    const ports = { ...client.send, reread, mine: mineHere }
    const beyond = await proveWork(ports, order(), { ...work(), bits: 40 })
    expect(beyond).toMatchObject({ ok: false, reason: expect.stringContaining('more than') })
    relay.setFaults([])
    client.outbox.retryNow(order().placedEventId!)
    await until(() => order().relayAnswers.some(({ accepted }) => accepted), 'the order taken')
    const taken = await proveWork(ports, order(), work())
    expect(taken).toMatchObject({ ok: false, reason: expect.stringContaining('has taken') })
    expect(order().timeline.filter(({ type }) => type === 'placed')).toHaveLength(1)
  })

  it('is not made for an order that a relay took before it was sent again', async () => {
    const { upstream, relay, client, reread, order } = await refusedOrder()
    relay.setFaults([])
    client.outbox.retryNow(order().placedEventId!)
    await until(() => order().relayAnswers.some(({ accepted }) => accepted), 'the order taken')
    await until(() => client.outbox.items().length === 0, 'the outbox to forget it')
    relay.setFaults([refuse(() => `pow: ${BITS} bits needed`)])
    const sent = signedEvent(order().signed[0]!)
    if (sent.ok) client.outbox.enqueue(sent.value)
    await until(
      () => client.outbox.items()[0]?.deliveries[0]?.outcome === 'refused',
      'the refusal of the second time',
    )
    const again = await proveWork({ ...client.send, reread, mine: mineHere }, order(), work())
    expect(again).toMatchObject({ ok: false, reason: expect.stringContaining('has taken') })
    expect(upstream.events()).toHaveLength(1)
    expect(order().signed).toHaveLength(1)
  })

  it('gives way to a message that went on its way and was taken while it was computed', async () => {
    const { upstream, relay, client, reread, order } = await refusedOrder()
    const first = order().placedEventId
    const mineSlowly: MineProof = async (job, onProgress, signal) => {
      relay.setFaults([])
      resumeSending(client.outbox, client.book.orders())
      await until(() => order().relayAnswers.some(({ accepted }) => accepted), 'the order taken')
      return mineHere(job, onProgress, signal)
    }
    const late = await proveWork({ ...client.send, reread, mine: mineSlowly }, order(), work())
    expect(late.ok).toBe(false)
    expect(upstream.events().map(({ id }) => id)).toEqual([first])
    expect(order().signed).toHaveLength(1)
  })

  it('takes back a message that went on its way again while it was computed', async () => {
    const { upstream, client, reread, order } = await refusedOrder()
    const first = order().placedEventId
    const mineSlowly: MineProof = async (job, onProgress, signal) => {
      resumeSending(client.outbox, client.book.orders())
      await until(
        () => client.outbox.items()[0]?.deliveries[0]?.outcome === 'refused',
        'the refusal',
      )
      return mineHere(job, onProgress, signal)
    }
    const done = await proveWork({ ...client.send, reread, mine: mineSlowly }, order(), work())
    expect(done.ok).toBe(true)
    await until(() => upstream.events().length === 1, 'the order at the relay')
    expect(upstream.events()[0]!.id).not.toBe(first)
    expect(client.outbox.items().some(({ event }) => event.id === first)).toBe(false)
  })
})
