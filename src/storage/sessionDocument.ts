/** Which identity is in use. A secret key is never in here: only its NIP-49 ciphertext, if any. */
import * as v from 'valibot'
import type { Pubkey } from '@/domain/ids'
import { createDocumentStore, type DocumentStore, type StoragePorts } from './documents'
import { parseWith, pubkeySchema } from './schemas'
import { isSharedComputer } from './storageArea'

export interface SessionRecord {
  readonly method: 'extension' | 'bunker' | 'local'
  readonly pubkey: Pubkey
  /** NIP-49. A local key without it is for this tab only and lies in the vault. */
  readonly ncryptsec?: string
  readonly label?: string
}

export interface SessionDocument {
  /** This tab's own session, otherwise the one that all tabs share. */
  read(): SessionRecord | null
  /** Throws a StorageError when it cannot be kept. */
  write(session: SessionRecord): void
  /** Signs out who {@link read} gives: a tab that has a session of its own leaves the others theirs. */
  remove(): void
  /** True when writing would replace somebody else's key, which lies nowhere but here. */
  wouldReplaceKey(session: SessionRecord): boolean
  /** Another tab changed the session, and this tab has none of its own. */
  onChange(listener: (session: SessionRecord | null) => void): () => void
}

export interface SessionPorts extends StoragePorts {
  /** Given by tests; otherwise sessionStorage. */
  readonly tabStorage?: Storage
}

const KEY = 'current'

const sessionSchema: v.GenericSchema<unknown, SessionRecord> = v.object({
  method: v.picklist(['extension', 'bunker', 'local']),
  pubkey: pubkeySchema,
  ncryptsec: v.optional(v.pipe(v.string(), v.regex(/^ncryptsec1[02-9ac-hj-np-z]+$/))),
  label: v.optional(v.string()),
})

const parseSession = parseWith(sessionSchema)

const isForThisTab = (session: SessionRecord): boolean =>
  session.method === 'local' && session.ncryptsec === undefined

const open = (ports: StoragePorts, area: 'localStorage' | 'sessionStorage') =>
  createDocumentStore<SessionRecord>({
    ...ports,
    area,
    prefix: 'souk:session:',
    version: 1,
    parse: parseSession,
    migrations: {},
  })

/** The session of this browser, and of this tab where a key is for one session only. */
export function createSessionDocument(ports: SessionPorts = {}): SessionDocument {
  const shared = open(ports, 'localStorage')
  const own = open({ ...ports, storage: ports.tabStorage }, 'sessionStorage')

  function write(session: SessionRecord): void {
    const checked = parseSession(session)
    if (!checked.ok) throw new TypeError(`Not a session: ${checked.reason}`)
    const place: DocumentStore<SessionRecord> = isForThisTab(checked.value) ? own : shared
    place.write(KEY, checked.value)
    if (place === shared && !isSharedComputer()) own.remove(KEY)
  }

  return {
    read: () => own.read(KEY) ?? shared.read(KEY),
    write,
    remove() {
      const mine = own.read(KEY)
      own.remove(KEY)
      if (!mine || shared.read(KEY)?.pubkey === mine.pubkey) shared.remove(KEY)
    },
    wouldReplaceKey(session) {
      const present = isForThisTab(session) ? null : shared.read(KEY)
      return present?.ncryptsec !== undefined && present.pubkey !== session.pubkey
    },
    onChange: (listener) =>
      shared.onChange((_key, session) => {
        if (own.read(KEY) === null) listener(session)
      }),
  }
}
