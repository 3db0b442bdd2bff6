/** A merchant that does exactly what a test tells it to, however wrong that is. */
import { bytesToHex } from '@noble/hashes/utils.js'
import WebSocket from 'ws'
import { sendMessage } from '@/actions/sendMessage'
import type { OrderRef } from '@/domain/ids'
import type { OrderMessage } from '@/domain/orderMessage'
import { decodeInvoice } from '@/payments/bolt11'
import { createOutbox } from '@/relays/outbox'
import { createRelayPool } from '@/relays/pool'
import { createInlineVerifier } from '@/relays/inlineVerifier'
import { localSigner } from '@/signing/localKey'
import type { DemoMerchant } from '../../../dev/catalogue/types'
import { encodeInvoice, type InvoiceDraft } from '../../../dev/wallet/bolt11Encoder'
import type { Person } from '../../factories/people'

export interface ScriptedMerchant {
  requestPayment(order: OrderRef, bolt11: string, text?: string): Promise<void>
  /** Says that an order cannot be processed. */
  refuse(order: OrderRef, text: string): Promise<void>
  report(
    order: OrderRef,
    status: { readonly paid?: boolean; readonly shipped?: boolean; readonly text: string },
  ): Promise<void>
  close(): void
}

/** A stall in sat with one product: 1,000 sat and 100 sat of shipping. */
export const scriptedShop = (
  { secretKey, pubkey }: Person,
  { name, product } = { name: 'Test Bench', product: 'Bench vice' },
): DemoMerchant => ({
  name,
  secretKey: bytesToHex(secretKey),
  publicKey: pubkey,
  profile: { name, about: '', picture: 'merchant-night-desk' },
  answeredBy: 'person',
  stalls: [
    {
      id: 'bench',
      name: 'Bench stall',
      description: '',
      currency: 'sat',
      zones: [{ id: 'everywhere', name: 'Everywhere', cost: 100, countries: ['Worldwide'] }],
      products: [
        {
          id: 'vice',
          name: product,
          description: '',
          pictures: [],
          price: 1000,
          quantity: null,
          categories: [],
          specs: [],
          zoneCosts: {},
        },
      ],
    },
  ],
})

const NODE_KEY = '0b'.repeat(32)
let invoices = 0

/** A regtest invoice over 1,100 sat, valid for an hour: what the scripted shop should send. */
export function benchInvoice(changes: Partial<InvoiceDraft> = {}): string {
  invoices += 1
  return encodeInvoice({
    network: 'regtest',
    amountMsat: 1_100_000,
    paymentHash: invoices.toString(16).padStart(64, '0'),
    createdAt: Math.floor(Date.now() / 1000),
    expirySeconds: 3600,
    nodeKey: NODE_KEY,
    ...changes,
  })
}

/** Speaks for a key on a relay. Its messages are never of the same second, so their order is clear. */
export function startScriptedMerchant(relayUrl: string, { secretKey }: Person): ScriptedMerchant {
  const signer = localSigner(secretKey)
  const verifier = createInlineVerifier()
  const pool = createRelayPool({ urls: [relayUrl], verifier, WebSocket })
  const nothing = () => undefined
  const storage = { load: () => [], read: () => null, save: nothing, remove: nothing }
  const outbox = createOutbox({ pool, storage })
  const journal = { isOpen: () => true, record: () => undefined, recordText: () => undefined }
  let lastDate = 0
  const now = () => (lastDate = Math.max(Math.floor(Date.now() / 1000), lastDate + 1))
  const ports = { signer, outbox, journal, now, decodeInvoice }

  async function send({ customer }: OrderRef, message: OrderMessage): Promise<void> {
    const sent = await sendMessage(ports, customer, message)
    if (!sent.ok) throw new Error(sent.reason.message)
  }

  return {
    requestPayment(order, bolt11, text = '') {
      const options = [{ type: 'ln', link: bolt11 }]
      return send(order, { type: 'payment-request', orderId: order.orderId, text, options })
    },
    refuse: (order, text) =>
      send(order, { type: 'payment-request', orderId: order.orderId, text, options: [] }),
    report: (order, { paid = null, shipped = null, text }) =>
      send(order, { type: 'status', orderId: order.orderId, paid, shipped, text }),
    close() {
      outbox.close()
      pool.close()
    },
  }
}
