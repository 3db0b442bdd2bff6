/** Which messages of an identity could not be read, in localStorage: `souk:quarantine:<own key>`. */
import * as v from 'valibot'
import type { Pubkey } from '@/domain/ids'
import type { QuarantineEntry } from '@/domain/quarantine'
import { createDocumentStore, type StoragePorts } from './documents'
import { eventIdSchema, parseWith, pubkeySchema, timeSchema } from './schemas'

export interface QuarantineDocuments {
  read(own: Pubkey): readonly QuarantineEntry[]
  /** Quarantine that cannot be kept costs another try on the next visit, and nothing else. */
  write(own: Pubkey, entries: readonly QuarantineEntry[]): void
}

const schema: v.GenericSchema<unknown, readonly QuarantineEntry[]> = v.array(
  v.object({
    eventId: eventIdSchema,
    author: pubkeySchema,
    time: timeSchema,
    reason: v.string(),
    retryable: v.boolean(),
    triedAt: timeSchema,
    build: v.string(),
  }),
)

/** The quarantines of this browser. */
export function createQuarantineDocuments(ports: StoragePorts = {}): QuarantineDocuments {
  const documents = createDocumentStore<readonly QuarantineEntry[]>({
    ...ports,
    prefix: 'souk:quarantine:',
    version: 1,
    parse: parseWith(schema),
    migrations: {},
  })
  return {
    read: (own) => documents.read(own) ?? [],
    write(own, entries) {
      try {
        if (entries.length > 0) documents.write(own, entries)
        else documents.remove(own)
      } catch {
        // A full storage is told where orders need it.
      }
    },
  }
}
