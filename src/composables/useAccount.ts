/** The account as pages show it: who is signed in, the ways in, and what went wrong on the way. */
import { messageOf } from '@/domain/messageOf'
import { computed, onScopeDispose, shallowRef } from 'vue'
import { useCatalogueStore } from '@/stores/catalogue'
import { useSessionStore } from '@/stores/session'
import { usePorts } from './usePorts'
import { useSession } from './useSession'
import { useSignerWait } from './useSignerWait'

/** A way to sign in that is under way. */
type Way = 'extension' | 'bunker' | 'new-key' | 'key' | 'demo'

type Invitation = Parameters<Parameters<ReturnType<typeof useSession>['byInvitation']>[0]>[0]

const BUSY_WORDS: Record<Way, string> = {
  extension: 'Asking your extension',
  bunker: 'Asking your bunker',
  'new-key': 'Making a key',
  key: 'Opening the key',
  demo: 'Signing in',
}

export function useAccount() {
  const { config } = usePorts()
  const store = useSessionStore()
  const catalogue = useCatalogueStore()
  const session = useSession()
  const way = shallowRef<Way | null>(null)
  const problem = shallowRef('')
  const { wait, follow } = useSignerWait()
  /** The link that waits for a bunker. */
  const invitation = shallowRef<Invitation | null>(null)
  let running: Promise<unknown> = Promise.resolve()
  let isGivenUp = false

  const account = computed(() => {
    if (store.status !== 'ready' || !store.record) return null
    const { pubkey, label } = store.record
    const profile = catalogue.profile(pubkey)
    return {
      pubkey,
      name: profile?.name || label || '',
      picture: profile?.picture ?? null,
      guest: store.isSessionOnly,
    }
  })
  const signsElsewhere = computed(() => {
    const method = store.record?.method
    return method === 'extension' ? 'your extension' : method === 'bunker' ? 'your bunker' : ''
  })
  const busy = computed(() => (way.value ? BUSY_WORDS[way.value] : ''))
  const demoMerchants = computed(() =>
    (config.embeddedMarket?.merchants ?? []).map(({ name }) => ({ id: name, name })),
  )

  /** Runs one way in. Answers whether it worked; `problem` says why not. */
  async function go(by: Way, enter: () => Promise<string | null>): Promise<boolean> {
    if (way.value === 'bunker') await giveUp()
    if (way.value !== null) return false
    way.value = by
    problem.value = ''
    isGivenUp = false
    if (by === 'extension' || by === 'bunker') follow()
    const entering = enter().catch((error: unknown) => messageOf(error))
    running = entering
    const trouble = await entering
    way.value = null
    invitation.value = null
    problem.value = isGivenUp ? '' : (trouble ?? '')
    return trouble === null
  }

  /** Stops waiting for an extension or a bunker. */
  async function giveUp(): Promise<void> {
    isGivenUp = true
    invitation.value?.cancel()
    wait.value?.cancel()
    await running
  }
  onScopeDispose(() => invitation.value?.cancel())

  /** Answers with the encrypted key to save elsewhere; null with `problem` set. */
  async function keepKey(password: string): Promise<string | null> {
    let kept: string | null = null
    await go('key', async () => {
      kept = await session.keepKey(password)
      return kept === null ? 'There is no key in this browser to keep. Sign in again.' : null
    })
    return kept
  }

  async function asDemoMerchant(name: string): Promise<string | null> {
    const merchant = config.embeddedMarket?.merchants.find((one) => one.name === name)
    return merchant ? session.asDemoMerchant(merchant) : 'This merchant is not in the market.'
  }

  return {
    account,
    way,
    busy,
    problem,
    signsElsewhere,
    wait,
    invitation,
    demoMerchants,
    withExtension: () => go('extension', session.withExtension),
    withBunker: (link: string) => go('bunker', () => session.withBunker(link)),
    byInvitation: () =>
      go('bunker', () => session.byInvitation((made) => (invitation.value = made))),
    giveUp,
    askAgain: () => go('extension', session.askAgain),
    asGuest: () => go('new-key', session.asGuest),
    withKey: (key: { text: string; password: string | null }) =>
      go('key', () => session.withSecret(key.text, key.password ?? '')),
    withDemo: (name: string) => go('demo', () => asDemoMerchant(name)),
    unlock: (password: string) => go('key', () => session.unlock(password)),
    keepKey,
    signOut: session.signOut,
  }
}
