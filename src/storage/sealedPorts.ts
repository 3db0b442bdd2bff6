/** Where the sealed records of one identity lie: `souk:sealed:<public key>:<kind>:<key>`. */
import type { Pubkey } from '@/domain/ids'
import type { StoragePorts } from './documents'
import type { Seal } from './seal'

export interface SealedPorts extends StoragePorts {
  readonly owner: Pubkey
  readonly seal: Seal
}

const SEALED = 'souk:sealed:'

/** What the keys of all records of an identity begin with. */
export const sealedPrefix = (owner: Pubkey): string => `${SEALED}${owner}:`

/** The options of a document store whose records are sealed, each for its own place. */
export function sealedOptions({ owner, seal, ...ports }: SealedPorts, kind: string) {
  const prefix = `${sealedPrefix(owner)}${kind}:`
  return {
    ...ports,
    prefix,
    seal: {
      open: (name: string, sealed: string) => seal.open(prefix + name, sealed),
      close: (name: string, text: string) => seal.close(prefix + name, text),
    },
  }
}
