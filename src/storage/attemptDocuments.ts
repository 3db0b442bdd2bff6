/** Which order a stall's cart was last made into, under `souk:attempt:<stall address>`. */
import * as v from 'valibot'
import type { Attempt } from '@/domain/attempt'
import { createDocumentStore, type DocumentStore, type StoragePorts } from './documents'
import { orderIdSchema, parseWith, pubkeySchema } from './schemas'

const parseAttempt = parseWith(
  v.object({
    merchant: pubkeySchema,
    customer: pubkeySchema,
    orderId: orderIdSchema,
    taken: v.boolean(),
  }),
)

/** The newest attempt of each stall's cart. It names an order and says nothing about it. */
export const createAttemptDocuments = (ports: StoragePorts = {}): DocumentStore<Attempt> =>
  createDocumentStore<Attempt>({
    ...ports,
    prefix: 'souk:attempt:',
    version: 1,
    parse: parseAttempt,
    migrations: {},
  })
