/**
 * Keeps small secrets (a guest's key, a wallet's connection) across reloads without a password.
 *
 * Each secret is encrypted with an AES-GCM key that the browser holds in IndexedDB and does not
 * give out as bytes; only ciphertext reaches sessionStorage (gone with the tab) or localStorage.
 *
 * It protects against whoever reads or copies web storage alone: exports, backups, screenshots of
 * the developer tools, a script that ships storage elsewhere. It does NOT protect against a script
 * running in this page, which can ask for the secrets as we do, nor against someone who controls
 * the browser profile on disk. A key that matters belongs in an extension or under a password.
 *
 * Where WebCrypto or IndexedDB is missing, secrets stay in memory and are gone after a reload.
 */
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js'
import * as v from 'valibot'
import { createDocumentStore, type DocumentStore, type StoragePorts } from './documents'
import { parseWith } from './schemas'
import { isStandIn, openStorage } from './storageArea'
import type { ReportProblem } from './storageProblems'
import { openVaultKey } from './vaultKey'

/** `session`: until this tab closes. `persistent`: until removed. */
export type Lifetime = 'session' | 'persistent'

export interface SecretVault {
  /** Replaces the secret of this name. Answers whether it will be there after a reload. */
  put(name: string, text: string, lifetime: Lifetime): Promise<{ readonly survivesReload: boolean }>
  /** Null when there is none, or when the browser has lost the key to it. */
  get(name: string): Promise<string | null>
  /** Forgets the secret, here and in storage. */
  remove(name: string): void
}

export interface VaultPorts extends StoragePorts {
  /** Given by tests; otherwise sessionStorage. */
  readonly tabStorage?: Storage
  readonly databaseName?: string
}

interface SealedSecret {
  readonly iv: string
  readonly sealed: string
}

const sealedSchema: v.GenericSchema<unknown, SealedSecret> = v.object({
  iv: v.pipe(v.string(), v.regex(/^(?:[0-9a-f]{2})+$/)),
  sealed: v.pipe(v.string(), v.regex(/^(?:[0-9a-f]{2})+$/)),
})

const open = (ports: StoragePorts, storage: Storage): DocumentStore<SealedSecret> =>
  createDocumentStore({
    ...ports,
    storage,
    prefix: 'souk:secret:',
    version: 1,
    parse: parseWith(sealedSchema),
    migrations: {},
  })

/** The name is authenticated too, so that one secret's ciphertext cannot stand in for another's. */
const parameters = (name: string, iv: Uint8Array<ArrayBuffer>): AesGcmParams => ({
  name: 'AES-GCM',
  iv,
  additionalData: new TextEncoder().encode(name),
})

async function seal(key: CryptoKey, name: string, text: string): Promise<SealedSecret> {
  const iv = crypto.getRandomValues(new Uint8Array(12))
  const bytes = new TextEncoder().encode(text)
  const sealed = await crypto.subtle.encrypt(parameters(name, iv), key, bytes)
  return { iv: bytesToHex(iv), sealed: bytesToHex(new Uint8Array(sealed)) }
}

async function unseal(key: CryptoKey, name: string, secret: SealedSecret): Promise<string> {
  const iv = Uint8Array.from(hexToBytes(secret.iv))
  const sealed = Uint8Array.from(hexToBytes(secret.sealed))
  return new TextDecoder().decode(await crypto.subtle.decrypt(parameters(name, iv), key, sealed))
}

/** Opens the vault of this browser. */
export function createSessionKeyVault(ports: VaultPorts = {}): SecretVault {
  const reportProblem: ReportProblem = (problem) => ports.onProblem?.(problem)
  const areas: Readonly<Record<Lifetime, Storage>> = {
    session: ports.tabStorage ?? openStorage('sessionStorage', reportProblem),
    persistent: ports.storage ?? openStorage('localStorage', reportProblem),
  }
  const documents: Readonly<Record<Lifetime, DocumentStore<SealedSecret>>> = {
    session: open(ports, areas.session),
    persistent: open(ports, areas.persistent),
  }
  const inMemory = new Map<string, string>()
  let opening: Promise<CryptoKey> | null = null

  function openKey(): Promise<CryptoKey> {
    opening ??= openVaultKey(ports.databaseName ?? 'souk-vault').catch((error: unknown) => {
      opening = null
      throw error
    })
    return opening
  }

  function report(message: string): void {
    reportProblem({ code: 'unavailable', key: null, message })
  }

  function remove(name: string): void {
    inMemory.delete(name)
    documents.session.remove(name)
    documents.persistent.remove(name)
  }

  /** An older secret must not come back after a reload in place of one held in memory. */
  function forgetStored(name: string): void {
    try {
      remove(name)
    } catch {
      // A record of a newer version: it is kept as it is.
    }
  }

  async function put(name: string, text: string, lifetime: Lifetime) {
    try {
      const secret = await seal(await openKey(), name, text)
      remove(name)
      documents[lifetime].write(name, secret)
      return { survivesReload: !isStandIn(areas[lifetime]) }
    } catch {
      forgetStored(name)
      inMemory.set(name, text)
      report(
        'This browser cannot keep secrets safely, so they are held only until the page is closed or reloaded.',
      )
      return { survivesReload: false }
    }
  }

  async function get(name: string): Promise<string | null> {
    const held = inMemory.get(name)
    if (held !== undefined) return held
    const secret = documents.session.read(name) ?? documents.persistent.read(name)
    if (secret === null) return null
    try {
      return await unseal(await openKey(), name, secret)
    } catch {
      report(
        'A secret kept in this browser can no longer be opened, because the browser has lost its key. Sign in or connect again.',
      )
      return null
    }
  }

  return { put, get, remove }
}
