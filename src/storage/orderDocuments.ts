/** Orders of one identity in localStorage, sealed: the facts of one order a record, by order key. */
import { unionOfFacts } from '@/domain/factOrder'
import { orderKey, parseOrderKey, type OrderKey, type OrderRef } from '@/domain/ids'
import type { Fact } from '@/domain/order'
import * as v from 'valibot'
import { fail, ok, type Result } from '@/domain/result'
import { createDocumentStore } from './documents'
import type { DocumentFormat } from './documentText'
import { parseFact } from './factSchema'
import { createMergedDocuments, unionById, type MergedDocuments } from './mergedDocuments'
import { orderIdSchema, parseWith, pubkeySchema } from './schemas'
import { sealedOptions, type SealedPorts } from './sealedPorts'

export interface OrderRecord {
  readonly ref: OrderRef
  readonly facts: readonly Fact[]
  /** Facts that this version cannot read. They stay in the record, untouched. */
  readonly unreadable: readonly unknown[]
}

export interface OrderDocuments extends Pick<
  MergedDocuments<OrderRecord>,
  'remove' | 'onChange' | 'close'
> {
  read(key: OrderKey): OrderRecord | null
  readAll(): Map<string, OrderRecord>
  /** Adds the facts that the stored record lacks, and returns the whole. Throws a StorageError. */
  mergeFacts(key: OrderKey, facts: readonly Fact[]): OrderRecord
  /** Adds all of another record of this order, with what could not be read. */
  mergeRecord(key: OrderKey, record: OrderRecord): OrderRecord
}

const parseShape = parseWith(
  v.object({
    ref: v.object({ merchant: pubkeySchema, customer: pubkeySchema, orderId: orderIdSchema }),
    facts: v.array(v.unknown()),
  }),
)

function sortFacts(entries: readonly unknown[]): Pick<OrderRecord, 'facts' | 'unreadable'> {
  const facts: Fact[] = []
  const unreadable: unknown[] = []
  for (const entry of entries) {
    const fact = parseFact(entry)
    if (fact.ok) facts.push(fact.value)
    else unreadable.push(entry)
  }
  return { facts: unionOfFacts([], facts), unreadable }
}

/** What Souk writes has some ten levels. What has thousands could be read, and never written again. */
const MAX_LEVELS = 100

const isShallow = (value: unknown, levels = MAX_LEVELS): boolean =>
  typeof value !== 'object' ||
  value === null ||
  (levels > 0 && Object.values(value).every((item) => isShallow(item, levels - 1)))

function parseOrder(data: unknown, key: string): Result<OrderRecord> {
  const shape = parseShape(data)
  if (!shape.ok) return shape
  const { ref, facts } = shape.value
  if (orderKey(ref) !== key) return fail('it belongs to another order')
  if (!isShallow(facts)) return fail('an entry of it is nested too deeply')
  return ok({ ref, ...sortFacts(facts) })
}

function union(present: OrderRecord, addition: OrderRecord): OrderRecord {
  const facts = unionOfFacts(present.facts, addition.facts)
  const unreadable = unionById(present.unreadable, addition.unreadable, JSON.stringify)
  if (facts === present.facts && unreadable === present.unreadable) return present
  return { ref: present.ref, facts, unreadable }
}

function refOf(key: OrderKey): OrderRef {
  const ref = parseOrderKey(key)
  if (!ref.ok) throw new TypeError(ref.reason)
  return ref.value
}

/** How an order is written, in clear: version 1 was stored like this, version 2 is sealed. */
export const orderFormat: Omit<DocumentFormat<OrderRecord>, 'version'> = {
  parse: parseOrder,
  encode: ({ ref, facts, unreadable }) => ({ ref, facts: [...facts, ...unreadable] }),
  migrations: {},
}

/** The orders that an identity placed or received in this browser, by order key. */
export function createOrderDocuments(ports: SealedPorts): OrderDocuments {
  const options = sealedOptions(ports, 'order')
  const reported = new Set<string>()

  function parseAndReport(data: unknown, key: string): Result<OrderRecord> {
    const record = parseOrder(data, key)
    const count = record.ok ? record.value.unreadable.length : 0
    const name = `${key} ${count}`
    if (count > 0 && !reported.has(name)) {
      reported.add(name)
      ports.onProblem?.({
        code: 'partly-unreadable',
        key: options.prefix + key,
        message: `${count} of the saved entries of an order could not be read. They are kept; the rest of the order is shown.`,
      })
    }
    return record
  }

  const documents = createMergedDocuments(
    createDocumentStore<OrderRecord>({
      ...orderFormat,
      ...options,
      version: 2,
      parse: parseAndReport,
    }),
    union,
  )

  return {
    ...documents,
    mergeFacts: (key, facts) =>
      documents.merge(key, {
        ref: refOf(key),
        facts: unionOfFacts([], facts),
        unreadable: [],
      }),
    mergeRecord: (key, record) => documents.merge(key, record),
  }
}
