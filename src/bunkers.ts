/** Wiring of bunkers: how they are connected, and where the connection is kept for reloads. */
import type { BunkerInvitation } from '@/actions/ports'
import type { Pubkey } from '@/domain/ids'
import { fail, ok, type Result } from '@/domain/result'
import type { Signer, SignerProblem } from '@/protocol/signer'
import type { BunkerConnection, BunkerPorts, OpenBunker } from '@/signing/bunker'
import type { OpenPool } from '@/signing/bunkerChannel'
import type { SignerDesk } from '@/signing/signerDesk'
import { replaceSecret } from '@/storage/replaceSecret'
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
  /**
   * Keeps the connection of an opened bunker while `enter` is done; an earlier one is then told that it
   * is not needed any more. Answers false where a reload loses it. Any other signer just enters.
   */
  keep(signer: Signer, enter: () => Promise<void>): Promise<boolean>
  /** Null when no connection of this identity is kept. */
  restore(pubkey: Pubkey): Promise<Signer | null>
  /** Ends the connection of this tab; what is kept for reloads stays. */
  leave(): void
  /** Ends the connection of this identity, or of any, tells the bunker, and forgets what is kept. */
  forget(user?: Pubkey): Promise<void>
}

/** A bunker, and where it last said that it is to be found. */
interface Line {
  bunker?: OpenBunker
  connection?: BunkerConnection
}

const CONNECTION = 'bunker'
const MAX_INVITING_RELAYS = 3

export function createBunkers(
  wiring: BunkerWiring,
  openVault: () => Promise<SecretVault>,
  desk: SignerDesk,
): Bunkers {
  /** The one in use. */
  let current: Line = {}
  const lines = new WeakMap<Signer, Line>()

  async function store(connection: BunkerConnection): Promise<void> {
    await (await openVault()).put(CONNECTION, JSON.stringify(connection), 'persistent')
  }

  const portsOf = (line: Line): BunkerPorts => ({
    openPool: wiring.openPool,
    app: { name: wiring.appName, url: globalThis.location?.origin },
    desk,
    onConnection(connection) {
      line.connection = connection
      // It moved. Where that is not kept, it is asked where it was before.
      if (line === current) void store(connection)
    },
  })

  function open(
    line: Line,
    opened: Result<OpenBunker, SignerProblem>,
  ): Result<Signer, SignerProblem> {
    if (!opened.ok) return opened
    line.bunker = opened.value
    lines.set(opened.value.signer, line)
    return ok(opened.value.signer)
  }

  async function keep(line: Line, enter: () => Promise<void>): Promise<boolean> {
    const { connection } = line
    const text = JSON.stringify(connection)
    const lasts = await replaceSecret(await openVault(), CONNECTION, text, 'persistent', enter)
    void current.bunker?.end()
    current = line
    if (line.connection && line.connection !== connection) await store(line.connection)
    return lasts
  }

  return {
    async fromLink(link) {
      const [{ parseBunkerLink }, { connectBunker }] = await Promise.all([
        import('@/signing/bunkerLink'),
        import('@/signing/bunker'),
      ])
      const parsed = parseBunkerLink(link)
      if (!parsed.ok) return fail({ code: 'wrong-answer', message: parsed.reason })
      const line: Line = {}
      return open(line, await connectBunker(parsed.value, portsOf(line)))
    },

    async invite() {
      const [{ inviteBunker }, { textQr }] = await Promise.all([
        import('@/signing/bunkerInvitation'),
        import('@/payments/qr'),
      ])
      const relays = wiring.relays.slice(0, MAX_INVITING_RELAYS)
      const line: Line = {}
      const { link, accepted, cancel } = inviteBunker({ relays }, portsOf(line))
      const opened = accepted.then((bunker) => open(line, bunker))
      return { link, qr: await textQr(link), accepted: opened, cancel }
    },

    async keep(signer, enter) {
      const line = lines.get(signer)
      if (line && line !== current) {
        return keep(line, enter).catch((error: unknown) => {
          void line.bunker?.end()
          throw error
        })
      }
      await enter()
      return true
    },

    async restore(pubkey) {
      if (current.bunker?.signer.publicKey === pubkey) return current.bunker.signer
      const kept = await (await openVault()).get(CONNECTION)
      if (kept === null) return null
      const { parseConnection, reopenBunker } = await import('@/signing/bunker')
      const connection = parseConnection(kept)
      if (!connection.ok || connection.value.user !== pubkey) return null
      const line: Line = {}
      const bunker = reopenBunker(connection.value, portsOf(line))
      open(line, ok(bunker))
      current = line
      return bunker.signer
    },

    leave() {
      current.bunker?.close()
      current = {}
    },

    async forget(user) {
      const { bunker } = current
      current = {}
      const vault = await openVault()
      const kept = await vault.get(CONNECTION)
      if (kept === null) {
        vault.remove(CONNECTION)
        return bunker?.end()
      }
      const { endConnection, parseConnection } = await import('@/signing/bunker')
      const connection = parseConnection(kept)
      // Another tab may be signed in as somebody else, whose bunker it is.
      if (user && connection.ok && connection.value.user !== user) return bunker?.close()
      vault.remove(CONNECTION)
      if (bunker) return bunker.end()
      if (connection.ok) await endConnection(connection.value, portsOf({}))
    },
  }
}
