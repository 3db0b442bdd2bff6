/** Shipping messages say the paid state as it stands. */
import { expect, it } from 'vitest'
import { shipOrder } from '@/actions/shipOrder'
import type { Settlement } from '@/domain/order'
import { orderRef } from '../factories/orders'
import { MERCHANT } from '../factories/people'
import { sendPorts } from '../factories/ports'

it.each<[Settlement, boolean, boolean]>([
  ['paid-proved', true, true],
  ['paid-claimed', false, true],
  ['invoiced', true, false],
  ['awaiting-invoice', false, false],
])('a %s order, shipped: %s, is reported with paid: %s', async (settlement, shipped, paid) => {
  const { ports, journal } = sendPorts(MERCHANT)
  const { orderId, customer } = orderRef()
  await shipOrder(ports, { orderId, customer, settlement }, shipped, 'By post')
  expect(journal.records).toMatchObject([
    { ref: orderRef(), fact: { type: 'status-reported', paid, shipped, text: 'By post' } },
    { ref: orderRef(), fact: { type: 'signed' } },
  ])
})
