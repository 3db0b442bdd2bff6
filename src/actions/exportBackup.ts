/** Makes a backup: what is kept, signed by its owner, sealed under a password. */
import { ok, type Result } from '@/domain/result'
import { backupProofTemplate } from '@/protocol/backup'
import type { VerifiedEvent } from '@/protocol/event'
import type { Signer, SignerProblem } from '@/protocol/signer'
import type { Clock } from './ports'

export interface BackupPorts {
  readonly signer: Signer
  readonly now: Clock
  /** Everything that is kept of the signer's identity, as one text, and its digest. */
  collect(now: number): { readonly text: string; readonly digest: string }
  seal(text: string, proof: VerifiedEvent): Promise<string>
}

export interface BackupFile {
  readonly name: string
  readonly text: string
}

const dateOf = (seconds: number): string => new Date(seconds * 1000).toISOString().slice(0, 10)

/**
 * The file to save. The owner's signature tells on importing that nobody else made the file up.
 * Throws when the records are not open.
 */
export async function exportBackup(ports: BackupPorts): Promise<Result<BackupFile, SignerProblem>> {
  const now = ports.now()
  const { text, digest } = ports.collect(now)
  const proof = await ports.signer.sign(backupProofTemplate(digest, now))
  if (!proof.ok) return proof
  const name = `souk-backup-${dateOf(now)}.souk`
  return ok({ name, text: await ports.seal(text, proof.value) })
}
