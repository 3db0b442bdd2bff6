/** A browser that knows nothing but a key: the app's own stores and composables, without pages. */
import { createPinia, setActivePinia } from 'pinia'
import { createRenderer, defineComponent, h } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import { WebSocket } from 'ws'
import type { AppPorts } from '@/actions/ports'
import { useOrderEvents } from '@/composables/useOrderEvents'
import { portsKey } from '@/composables/usePorts'
import { provideSigner, useSigner } from '@/composables/useSigner'
import { decodeInvoice } from '@/payments/bolt11'
import { createRelayPool } from '@/relays/pool'
import type { Verifier } from '@/relays/verifier'
import { localSigner } from '@/signing/localKey'
import { createMemoryStorage } from '@/storage/storageArea'
import { storageKeyOf } from '@/storage/storageKey'
import { useCatalogueStore } from '@/stores/catalogue'
import { useOrdersStore } from '@/stores/orders'
import { useRelaysStore } from '@/stores/relays'
import { useSessionStore } from '@/stores/session'
import { marketConfig } from '../factories/marketConfig'

export interface DeviceOptions {
  readonly relays: readonly string[]
  readonly secretKey: Uint8Array
  readonly verifier: Verifier
  /** `extension`: messages of strangers wait unopened. */
  readonly method?: 'local' | 'extension'
  /** Milliseconds after which a silent relay has had its time. */
  readonly patience?: number
}

const unused = (what: string) => () => {
  throw new Error(`Reading back needs no ${what}`)
}

function portsOf({ relays, verifier, patience = 8_000 }: DeviceOptions): AppPorts {
  const timeouts = { retryMin: 50, retryMax: 200, stored: patience }
  return {
    config: marketConfig({ relays }),
    pool: createRelayPool({ urls: relays, verifier, WebSocket, timeouts }),
    outbox: unused('outbox'),
    cache: { putAll: async () => undefined, readAll: async () => [] },
    marks: { read: async () => [], raise: async () => undefined },
    keys: unused('keys'),
    rates: null,
    now: () => Math.floor(Date.now() / 1000),
    decodeInvoice: async () => decodeInvoice,
    mineProof: unused('proof of work'),
    connectLnbits: unused('wallet'),
    connectNwc: unused('wallet'),
    invoiceQr: unused('code'),
    useSigner: () => undefined,
  }
}

/** Draws nothing: pages are not what is tested. */
const { createApp } = createRenderer<object, object>({
  patchProp: () => undefined,
  insert: () => undefined,
  remove: () => undefined,
  createElement: () => ({}),
  createText: () => ({}),
  createComment: () => ({}),
  setText: () => undefined,
  setElementText: () => undefined,
  parentNode: () => null,
  nextSibling: () => null,
})

/** What an earlier device kept must not help this one. */
const emptyTheBrowser = (): void =>
  void Object.defineProperty(globalThis, 'localStorage', {
    value: createMemoryStorage(),
    configurable: true,
  })

/** Signs in and begins to read back what the relays have. */
export function openDevice(options: DeviceOptions) {
  emptyTheBrowser()
  const ports = portsOf(options)
  const signer = localSigner(options.secretKey)
  const pinia = createPinia()
  setActivePinia(pinia)
  useSessionStore().enter({ method: options.method ?? 'local', pubkey: signer.publicKey })
  useOrdersStore().open(signer.publicKey, storageKeyOf(options.secretKey))
  const Inner = defineComponent(() => {
    useSigner().value = signer
    useOrderEvents()
    return () => null
  })
  const app = createApp(
    defineComponent(() => {
      provideSigner()
      return () => h(Inner)
    }),
  )
  const routes = [{ path: '/', component: Inner }]
  app.use(pinia).use(createRouter({ history: createMemoryHistory(), routes }))
  app.provide(portsKey, ports)
  app.mount({})
  return {
    orders: useOrdersStore(),
    catalogue: useCatalogueStore(),
    relays: useRelaysStore(),
    close() {
      app.unmount()
      ports.pool.close()
    },
  }
}

export type Device = ReturnType<typeof openDevice>
