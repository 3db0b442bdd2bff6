// @vitest-environment happy-dom
/** What runs with a session: it finds the signer after a reload, and leaves no badge when it ends. */
import 'fake-indexeddb/auto'
import { flushPromises } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import { defineComponent, h, ref } from 'vue'
import { useSession } from '@/composables/useSession'
import SessionEvents from '@/SessionEvents.vue'
import { useOrdersStore } from '@/stores/orders'
import { useSessionStore } from '@/stores/session'
import { orderRef, paymentRequested, placed } from './factories/orders'
import { bytesToHex } from '@noble/hashes/utils.js'
import { CUSTOMER } from './factories/people'
import { testPool } from './factories/ports'
import { appPorts, openApp, until } from './support/app'
import './support/browser'

/** As App.vue has it. */
function open() {
  const app = openApp(appPorts([], { pool: testPool() }))
  const toPay = ref(0)
  const ways: { session?: ReturnType<typeof useSession> } = {}
  const Frame = defineComponent({
    setup() {
      ways.session = useSession()
      const store = useSessionStore()
      const count = (now: number) => (toPay.value = now)
      return () =>
        store.record
          ? h(SessionEvents, { toPay: toPay.value, 'onUpdate:toPay': count })
          : h('p', 'nobody')
    },
  })
  app.show(Frame)
  return { ...app, toPay, session: ways.session! }
}

describe('what runs with a session', () => {
  it('finds the signer after a reload and counts what is to pay', async () => {
    await open().session.withSecret(bytesToHex(CUSTOMER.secretKey), '')
    useOrdersStore().record(orderRef(), [placed(), paymentRequested()])
    const { toPay, signer } = open()
    await until(() => signer() !== null, 'the signer')
    expect(signer()?.publicKey).toBe(CUSTOMER.pubkey)
    expect(toPay.value).toBe(1)
  })

  it('counts nothing any more after signing out', async () => {
    const { session, toPay } = open()
    await session.withSecret(bytesToHex(CUSTOMER.secretKey), '')
    useOrdersStore().record(orderRef(), [placed(), paymentRequested()])
    await until(() => toPay.value === 1, 'the count')
    session.signOut()
    await flushPromises()
    expect(toPay.value).toBe(0)
  })
})
