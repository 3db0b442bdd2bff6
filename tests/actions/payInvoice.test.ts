/** A payment from a connected wallet: the attempt is stored first, the proof after. */
import { expect, it } from 'vitest'
import { payInvoice } from '@/actions/payInvoice'
import { fail, ok } from '@/domain/result'
import type { Payer } from '@/domain/wallet'
import { T0 } from '../factories/events'
import { invoice } from '../factories/invoices'
import { orderRef } from '../factories/orders'
import { testJournal, UNREACHABLE, type Log } from '../factories/ports'

function paying(answer: Awaited<ReturnType<Payer['payInvoice']>>) {
  const log: Log = []
  const payer: Payer = {
    async payInvoice() {
      log.push('wallet')
      return answer
    },
  }
  const journal = testJournal(log)
  const ports = { payer, journal, now: () => T0 }
  return { log, journal, result: () => payInvoice(ports, orderRef(), invoice()) }
}

it('is attempted, paid, proved', async () => {
  const { log, result } = paying(ok({ preimage: '00'.repeat(32) }))
  expect(await result()).toEqual({ ok: true, value: null })
  expect(log).toEqual(['journal: payment-attempted', 'wallet', 'journal: payment-proved'])
})

it('that fails is no proof', async () => {
  const { log, result } = paying(fail(UNREACHABLE))
  expect(await result()).toEqual({ ok: false, reason: UNREACHABLE })
  expect(log).toEqual(['journal: payment-attempted', 'wallet'])
})

it('is not started when the attempt cannot be stored', async () => {
  const { log, journal, result } = paying(ok({ preimage: '00'.repeat(32) }))
  journal.failure = new Error('The storage is full.')
  await expect(result()).rejects.toThrow('The storage is full.')
  expect(log).toEqual([])
})
