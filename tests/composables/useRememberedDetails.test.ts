// @vitest-environment happy-dom
/** What a checkout begins with, and that nothing changes it under the person's hands. */
import { expect, it } from 'vitest'
import { nextTick } from 'vue'
import { useRememberedDetails } from '@/composables/useRememberedDetails'
import { useOrdersStore } from '@/stores/orders'
import { stall } from '../factories/catalogue'
import { intended, orderRef } from '../factories/orders'
import { CUSTOMER } from '../factories/people'
import { testPool } from '../factories/ports'
import { appPorts, openApp } from '../support/app'
import '../support/browser'

function checkout() {
  const app = openApp(appPorts([], { pool: testPool() }))
  app.signIn(CUSTOMER)
  const { value } = app.run(() => useRememberedDetails(() => stall().address))
  const store = async () => {
    useOrdersStore().record(orderRef(), [intended()])
    await nextTick()
  }
  return { ...value, store }
}

it('begins with the details of an order of this stall that was never signed', async () => {
  const { details, source, store } = checkout()
  expect([details.value, source.value]).toEqual([undefined, ''])
  await store()
  expect(details.value).toMatchObject({ name: 'Alice', address: '1 Test Street' })
})

it('keeps what was typed, whatever another tab stores meanwhile', async () => {
  const { details, source, keep, store } = checkout()
  keep()
  await store()
  expect([details.value, source.value]).toEqual([undefined, ''])
})
