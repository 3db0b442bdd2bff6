/** Wiring of bunkers: how they are connected, and where the connection is kept for reloads. */
import type { BunkerInvitation } from '@/actions/ports'
import type { Pubkey } from '@/domain/ids'
import { fail, ok, type Result } from '@/domain/result'
import type { Signer, SignerProblem } from '@/protocol/signer'
import type { BunkerConnection, BunkerPorts, OpenBunker } from '@/signing/bunker'
import type { OpenPool } from '@/signing/bunkerChannel'
import type { SignerDesk } from '@/signing/signerDesk'
import type { SecretVault } from '@/storage/sessionKeyVault'

/** What bunkers are reached with. */
export interface BunkerWiring {
  readonly openPool: OpenPool
  /** Where a bunker that is invited finds us. */
  readonly relays: readonly string[]
  readonly appName: string
}

export interface Bunkers {
  fromLink(link: string): Promise<Result<Signer, SignerProblem>>
  invite(): Promise<BunkerInvitation>
  /** Null when no connection of this identity is kept. */
  restore(pubkey: Pubkey): Promise<Signer | null>
  /** Ends the connection of this tab; what is kept for reloads stays. */
  leave(): void
  /** Ends the connection of this identity, or of any, tells the bunker, and forgets what is kept. */
  forget(user?: Pubkey): Promise<void>
}

const CONNECTION = 'bunker'
const MAX_INVITING_RELAYS = 3

export function createBunkers(
  wiring: BunkerWiring,
  openVault: () => Promise<SecretVault>,
  desk: SignerDesk,
): Bunkers {
  let current: OpenBunker | null = null

  async function keep(connection: BunkerConnection): Promise<void> {
    await (await openVault()).put(CONNECTION, JSON.stringify(connection), 'persistent')
  }

  const ports = (): BunkerPorts => ({
    openPool: wiring.openPool,
    app: { name: wiring.appName, url: globalThis.location?.origin },
    desk,
    onConnection: (connection) => void keep(connection),
  })

  /** One bunker at a time: an earlier one is told that it is not needed any more. */
  function use(opened: Result<OpenBunker, SignerProblem>): Result<Signer, SignerProblem> {
    if (!opened.ok) return opened
    void current?.end()
    current = opened.value
    return ok(opened.value.signer)
  }

  return {
    async fromLink(link) {
      const [{ parseBunkerLink }, { connectBunker }] = await Promise.all([
        import('@/signing/bunkerLink'),
        import('@/signing/bunker'),
      ])
      const parsed = parseBunkerLink(link)
      if (!parsed.ok) return fail({ code: 'wrong-answer', message: parsed.reason })
      return use(await connectBunker(parsed.value, ports()))
    },

    async invite() {
      const [{ inviteBunker }, { textQr }] = await Promise.all([
        import('@/signing/bunkerInvitation'),
        import('@/payments/qr'),
      ])
      const relays = wiring.relays.slice(0, MAX_INVITING_RELAYS)
      const { link, accepted, cancel } = inviteBunker({ relays }, ports())
      return { link, qr: await textQr(link), accepted: accepted.then(use), cancel }
    },

    async restore(pubkey) {
      if (current?.signer.publicKey === pubkey) return current.signer
      const kept = await (await openVault()).get(CONNECTION)
      if (kept === null) return null
      const { parseConnection, reopenBunker } = await import('@/signing/bunker')
      const connection = parseConnection(kept)
      if (!connection.ok || connection.value.user !== pubkey) return null
      current = reopenBunker(connection.value, ports())
      return current.signer
    },

    leave() {
      current?.close()
      current = null
    },

    async forget(user) {
      const open = current
      current = null
      const vault = await openVault()
      const kept = await vault.get(CONNECTION)
      if (kept === null) {
        vault.remove(CONNECTION)
        return open?.end()
      }
      const { endConnection, parseConnection } = await import('@/signing/bunker')
      const connection = parseConnection(kept)
      // Another tab may be signed in as somebody else, whose bunker it is.
      if (user && connection.ok && connection.value.user !== user) return open?.close()
      vault.remove(CONNECTION)
      if (open) return open.end()
      if (connection.ok) await endConnection(connection.value, ports())
    },
  }
}
