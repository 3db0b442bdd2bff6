/** Wiring of a connected wallet (NWC): its own relays are open for as long as a payment takes. */
import { fail, ok, type Result } from '@/domain/result'
import type { Payer, WalletProblem } from '@/domain/wallet'
import { createNwcPayer } from '@/payments/nwc'
import { parseNwcUri } from '@/payments/nwcUri'
import type { RelayPool } from '@/protocol/relay'

/** Pays from the wallet that a connection names, or says what is wrong with the connection. */
export function connectNwcPayer(
  uri: string,
  openPool: (urls: readonly string[]) => RelayPool,
): Result<Payer, WalletProblem> {
  const connection = parseNwcUri(uri)
  if (!connection.ok) {
    return fail({ code: 'refused', message: connection.reason, retryable: false })
  }
  const { relays } = connection.value
  return ok({
    async payInvoice(invoice) {
      const pool = openPool(relays)
      try {
        return await createNwcPayer({ uri, pool }).payInvoice(invoice)
      } finally {
        pool.close()
      }
    },
  })
}
