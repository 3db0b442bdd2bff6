/** Ports for the tests of actions: they keep what is asked of them, in order, and can fail. */
import type { ConversationText } from '@/domain/conversation'
import type { OrderRef, Pubkey } from '@/domain/ids'
import type { Fact, OrderState } from '@/domain/order'
import { fail, ok } from '@/domain/result'
import type { InvoiceIssuer, InvoiceRequest, InvoiceStatus, WalletProblem } from '@/domain/wallet'
import type { SendJournal, WithOrder } from '@/actions/ports'
import type { SendPorts } from '@/actions/sendMessage'
import { decodeInvoice } from '@/payments/bolt11'
import type { VerifiedEvent } from '@/protocol/event'
import type {
  Delivery,
  Filter,
  Outbox,
  OutboxItem,
  RelayPool,
  SubscriptionHandlers,
} from '@/protocol/relay'
import type { Signer, SignerProblem } from '@/protocol/signer'
import { localSigner } from '@/signing/localKey'
import { T0 } from './events'
import { bolt11 } from './invoices'
import type { Person } from './people'

/** What happened, step by step, such as `journal: placed` or `outbox`. */
export type Log = string[]

export interface TestJournal extends SendJournal {
  readonly records: { readonly ref: OrderRef; readonly fact: Fact }[]
  readonly texts: { readonly peer: Pubkey; readonly text: ConversationText }[]
  /** Thrown by the next writes, as when the storage is full. */
  failure: Error | null
  /** As when its identity has left. */
  isLeft: boolean
}

export function testJournal(log: Log = []): TestJournal {
  const journal: TestJournal = {
    records: [],
    texts: [],
    failure: null,
    isLeft: false,
    isOpen: () => !journal.isLeft,
    record(ref, facts) {
      if (journal.failure) throw journal.failure
      for (const fact of facts) {
        log.push(`journal: ${fact.type}`)
        journal.records.push({ ref, fact })
      }
    },
    recordText(peer, text) {
      if (journal.failure) throw journal.failure
      log.push('journal: text')
      journal.texts.push({ peer, text })
    },
  }
  return journal
}

export interface TestOutbox extends Outbox {
  readonly sent: VerifiedEvent[]
}

export const outboxItem = (
  event: VerifiedEvent,
  deliveries: readonly Delivery[] = [],
): OutboxItem => ({
  event,
  deliveries,
  queuedAt: T0,
})

export function testOutbox(log: Log = []): TestOutbox {
  const sent: VerifiedEvent[] = []
  return {
    sent,
    enqueue(event) {
      log.push('outbox')
      sent.push(event)
      return outboxItem(event)
    },
    retryNow: () => undefined,
    items: () => sent.map((event) => outboxItem(event)),
    onChange: () => () => undefined,
    acknowledge: () => undefined,
    withdraw: () => false,
    forget: () => undefined,
    close: () => undefined,
  }
}

/** A real signer that writes down what it is asked. */
export function loggingSigner({ secretKey }: Person, log: Log = []): Signer {
  const signer = localSigner(secretKey)
  return {
    ...signer,
    publicKey: signer.publicKey,
    sign(template) {
      log.push('sign')
      return signer.sign(template)
    },
    nip04Encrypt(peer, text) {
      log.push('encrypt')
      return signer.nip04Encrypt(peer, text)
    },
  }
}

export const DECLINED: SignerProblem = { code: 'declined', message: 'You declined.' }

/** A signer whose person says no to signatures. */
export const decliningSigner = (person: Person): Signer => ({
  ...loggingSigner(person),
  sign: async () => fail(DECLINED),
})

/** Works on an order as it is given, without other tabs. */
export const withOrder =
  (order: OrderState | null = null): WithOrder =>
  (_ref, task) =>
    task(order)

/** Everything that sending needs, with one log over all of it. */
export function sendPorts(person: Person, overrides: Partial<SendPorts> = {}) {
  const log: Log = []
  const journal = testJournal(log)
  const outbox = testOutbox(log)
  const signer = loggingSigner(person, log)
  const ports = { signer, outbox, journal, decodeInvoice, now: () => T0, ...overrides }
  return { ports, log, journal, outbox }
}

export interface TestPool extends RelayPool {
  readonly filters: Filter[]
  /** Delivers to the newest subscription. */
  deliver(event: VerifiedEvent, relay?: string): void
  /** Ends the stored part of the newest subscription, or of another by its place. */
  stored(relay?: string, subscription?: number): void
  readonly closed: () => boolean
}

export function testPool(urls: readonly string[] = ['wss://one.example']): TestPool {
  const filters: Filter[] = []
  const subscriptions: SubscriptionHandlers[] = []
  let closed = 0
  return {
    urls,
    filters,
    subscribe(asked, given) {
      filters.push(...asked)
      subscriptions.push(given)
      return { close: () => void closed++ }
    },
    deliver: (event, relay = urls[0]!) => subscriptions.at(-1)?.onEvent(event, relay),
    stored: (relay = urls[0]!, at = -1) => subscriptions.at(at)?.onStored?.(relay),
    closed: () => closed > 0 && closed === subscriptions.length,
    publish: async () => [],
    states: () => [],
    onStates: () => () => undefined,
    close: () => undefined,
  }
}

export const UNREACHABLE: WalletProblem = {
  code: 'unreachable',
  message: 'The wallet cannot be reached.',
  retryable: true,
}

export interface TestIssuer extends InvoiceIssuer {
  readonly requests: InvoiceRequest[]
  /** The wallet's word about the watched invoice. */
  settle(status: Partial<InvoiceStatus>): void
  problem(problem: WalletProblem): void
}

/** A wallet that makes real regtest invoices, or fails with `problem`. */
export function testIssuer(log: Log = [], problem: WalletProblem | null = null): TestIssuer {
  const requests: InvoiceRequest[] = []
  let handlers: Parameters<InvoiceIssuer['watchInvoice']>[1] | null = null
  return {
    requests,
    describe: async () => ok({ name: 'Test wallet' }),
    async createInvoice(request) {
      log.push('wallet')
      requests.push(request)
      if (problem) return fail(problem)
      const decoded = decodeInvoice(bolt11({ amountMsat: request.amount * 1000 }))
      if (!decoded.ok) throw new Error(decoded.reason)
      return ok({ invoice: decoded.value })
    },
    findInvoices: async () => ok([]),
    lookupInvoice: async () => ok({ paid: false, failed: false, preimage: null }),
    watchInvoice: (_, given) => void (handlers = given),
    settle: (status) =>
      handlers?.onSettled({ paid: false, failed: false, preimage: null, ...status }),
    problem: (trouble) => handlers?.onProblem?.(trouble),
  }
}

/** Lets everything that is already under way finish. */
export const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve))
}
