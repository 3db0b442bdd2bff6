/** The app around a composable or a page: fresh stores, real adapters, ports that a test can replace. */
import { mount } from '@vue/test-utils'
import { createPinia, setActivePinia, type Pinia } from 'pinia'
import { afterEach } from 'vitest'
import { defineComponent, h, type Component, type ShallowRef } from 'vue'
import type { Router } from 'vue-router'
import { WebSocket } from 'ws'
import type { AppPorts } from '@/actions/ports'
import { portsKey } from '@/composables/usePorts'
import { provideSigner, useSigner, type Signer } from '@/composables/useSigner'
import { fail } from '@/domain/result'
import { createKeyRing } from '@/keyRing'
import { bunkerWiring } from './bunkers'
import { decodeInvoice } from '@/payments/bolt11'
import { invoiceQr } from '@/payments/qr'
import { createInlineVerifier } from '@/relays/inlineVerifier'
import { createOutbox } from '@/relays/outbox'
import { createRelayPool } from '@/relays/pool'
import { localSigner } from '@/signing/localKey'
import { createOutboxDocuments } from '@/storage/outboxDocuments'
import { storageKeyOf } from '@/storage/storageKey'
import { useOrdersStore } from '@/stores/orders'
import { useSessionStore } from '@/stores/session'
import { anyRouter } from '../components/router'
import { marketConfig } from '../factories/marketConfig'
import type { Person } from '../factories/people'
import { UNREACHABLE } from '../factories/ports'

const cleanups: (() => unknown)[] = []

/** Ends a thing after the test. */
export function later<T>(thing: T, end: (thing: T) => unknown): T {
  cleanups.push(() => end(thing))
  return thing
}

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

export const openPool = (urls: readonly string[]) =>
  later(
    createRelayPool({
      urls,
      verifier: createInlineVerifier(),
      WebSocket,
      timeouts: { retryMin: 20, retryMax: 60 },
    }),
    (pool) => pool.close(),
  )

/** The ports of an installation whose relays are `urls`, without wallets and rates. */
export function appPorts(
  urls: readonly string[] = [],
  overrides: Partial<AppPorts> = {},
): AppPorts {
  const pool = overrides.pool ?? openPool(urls)
  const keys = createKeyRing(bunkerWiring())
  let outbox: ReturnType<typeof createOutbox> | null = null
  const openOutbox = () =>
    (outbox ??= later(createOutbox({ pool, storage: createOutboxDocuments() }), (one) =>
      one.close(),
    ))
  return {
    config: marketConfig({ relays: urls }),
    pool,
    outbox: async () => openOutbox(),
    cache: { putAll: async () => undefined, readAll: async () => [] },
    marks: { read: async () => [], raise: async () => undefined },
    keys: async () => keys,
    rates: null,
    now: () => Math.floor(Date.now() / 1000),
    decodeInvoice: async () => decodeInvoice,
    mineProof: async () => async () => null,
    connectLnbits: async () => {
      throw new Error('No wallet in this test')
    },
    connectNwc: async () => fail(UNREACHABLE),
    invoiceQr: async (bolt11) => invoiceQr(bolt11),
    useSigner: () => undefined,
    ...overrides,
  }
}

export interface TestApp {
  readonly pinia: Pinia
  readonly ports: AppPorts
  readonly router: Router
  /** Mounts a component inside of the app, with its signer. */
  show(component: Component, props?: Record<string, unknown>): ReturnType<typeof mount>
  /** Runs a composable for as long as the test or until `end`. */
  run<T>(compose: () => T): { readonly value: T; end(): void }
  /** Makes someone with a local key the identity in use. */
  signIn(person: Person): void
  readonly signer: () => Signer | null
}

/** Opens the app in this tab. A second call is the same browser after a reload. */
export function openApp(ports: AppPorts = appPorts(), router: Router = anyRouter()): TestApp {
  const pinia = createPinia()
  setActivePinia(pinia)
  let signer!: ShallowRef<Signer | null>

  const Inner = defineComponent({
    props: { component: { type: Object, required: true }, given: { type: Object, default: null } },
    setup: (props) => () => h(props.component, props.given),
  })
  const Root = defineComponent({
    props: { component: { type: Object, required: true }, given: { type: Object, default: null } },
    setup(props) {
      provideSigner()
      return () => h(Inner, { component: props.component, given: props.given })
    },
  })

  function show(component: Component, props: Record<string, unknown> = {}) {
    const before = signer?.value ?? null
    const Spy = defineComponent({
      setup() {
        signer = useSigner()
        signer.value = before
        return () => h(component, props)
      },
    })
    const wrapper = mount(Root, {
      props: { component: Spy },
      global: { plugins: [pinia, router], provide: { [portsKey as symbol]: ports } },
      attachTo: document.body,
    })
    return later(wrapper, (one) => one.unmount())
  }

  function run<T>(compose: () => T) {
    let value!: T
    const wrapper = show(
      defineComponent({
        setup() {
          value = compose()
          return () => null
        },
      }),
    )
    return { value, end: () => wrapper.unmount() }
  }

  function signIn({ secretKey, pubkey }: Person) {
    useSessionStore(pinia).enter({ method: 'local', pubkey })
    useOrdersStore(pinia).open(pubkey, storageKeyOf(secretKey))
    const current = localSigner(secretKey)
    if (!signer) show(defineComponent({ render: () => null }))
    signer.value = current
  }

  return { pinia, ports, router, show, run, signIn, signer: () => signer?.value ?? null }
}

/** Waits for what a relay, a wallet or the page does by itself. */
export async function until(what: () => boolean, label = 'what was expected', ms = 10_000) {
  const end = Date.now() + ms
  while (!what()) {
    if (Date.now() > end) throw new Error(`Waited in vain for ${label}`)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}
