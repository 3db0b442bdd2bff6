/** The outbox's signed events in localStorage, under `souk:outbox:<event id>`. */
import * as v from 'valibot'
import { fail, ok, type Result } from '@/domain/result'
import { verifyEvent } from '@/protocol/verifyEvent'
import type { Delivery, OutboxItem, OutboxStorage } from '@/protocol/relay'
import { createDocumentStore, type StoragePorts } from './documents'
import { countSchema, parseWith, timeSchema } from './schemas'

const deliverySchema: v.GenericSchema<unknown, Delivery> = v.object({
  relay: v.string(),
  outcome: v.picklist(['pending', 'accepted', 'refused', 'timed-out', 'unreachable']),
  reason: v.string(),
  attempts: countSchema,
  nextAttemptAt: v.nullable(v.pipe(v.number(), v.finite())),
})

const parseShape = parseWith(
  v.object({ event: v.unknown(), deliveries: v.array(deliverySchema), queuedAt: timeSchema }),
)

/** Storage is not to be trusted with what goes out under a person's name: every event is verified. */
function parseItem(data: unknown, key: string): Result<OutboxItem> {
  const shape = parseShape(data)
  if (!shape.ok) return shape
  const event = verifyEvent(shape.value.event)
  if (!event.ok) return event
  if (event.value.id !== key) return fail('it holds another event')
  return ok({ ...shape.value, event: event.value })
}

/** Keeps the outbox's items across reloads. */
export function createOutboxDocuments(ports: StoragePorts = {}): OutboxStorage {
  const documents = createDocumentStore<OutboxItem>({
    ...ports,
    prefix: 'souk:outbox:',
    version: 1,
    parse: parseItem,
    migrations: {},
  })
  return {
    load: () => [...documents.readAll().values()].sort((a, b) => a.queuedAt - b.queuedAt),
    read: documents.read,
    save: (item) => documents.write(item.event.id, item),
    remove: (eventId) => documents.remove(eventId),
    onChange: documents.onChange,
  }
}
