/** Invoices as the domain sees them, and real signed ones. */
import type { DecodedInvoice } from '@/domain/invoice'
import type { Msat } from '@/domain/money'
import { encodeInvoice } from '../../dev/wallet/bolt11Encoder'
import { hex64, T0 } from './events'

const HOUR = 3600

/** A regtest invoice over 1100 sat, an hour valid from {@link T0}. */
export const invoice = (fields: Partial<DecodedInvoice> = {}): DecodedInvoice => ({
  bolt11: 'lnbcrt11u1example',
  network: 'regtest',
  amountMsat: 1_100_000 as Msat,
  paymentHash: hex64(1),
  payee: `02${hex64(9)}`,
  description: null,
  createdAt: T0,
  expiresAt: T0 + HOUR,
  ...fields,
})

/** The same as a real BOLT11 string. */
export const bolt11 = (fields: { amountMsat?: number; paymentHash?: string } = {}): string =>
  encodeInvoice({
    network: 'regtest',
    amountMsat: 1_100_000,
    paymentHash: hex64(1),
    createdAt: T0,
    expirySeconds: HOUR,
    nodeKey: '07'.repeat(32),
    ...fields,
  })
