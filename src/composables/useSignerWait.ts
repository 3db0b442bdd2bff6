/** What an extension or a bunker is being asked, for pages that wait for it and can give it up. */
import { computed, onScopeDispose, shallowRef, watch } from 'vue'
import type { KeyRing } from '@/actions/ports'
import { useSession } from './useSession'
import { usePorts } from './usePorts'

type SignerWait = NonNullable<Parameters<Parameters<KeyRing['onWait']>[0]>[0]>

/** A person who is quick never sees that anything was waited for. */
const SHOWN_AFTER_MS = 8_000

/** The open question, as soon as `follow` was called. It ends with the component. */
export function useSignerWait() {
  const ports = usePorts()
  const wait = shallowRef<SignerWait | null>(null)
  let stop: Promise<() => void> | null = null

  function follow(): void {
    stop ??= ports.keys().then((keys) => keys.onWait((next) => (wait.value = next)))
  }
  onScopeDispose(() => void stop?.then((end) => end()))
  return { wait, follow }
}

/** For whoever is signed in: the question once it has been open for long, and a changed account. */
export function useSignerNotices() {
  const ports = usePorts()
  const session = useSession()
  const { wait, follow } = useSignerWait()
  const isLong = shallowRef(false)
  /** Why nothing is signed right now, as a sentence; empty when all is well. */
  const otherAccount = shallowRef('')
  const isBusy = shallowRef(false)

  follow()
  const told = ports.keys().then((keys) => keys.onOtherAccount((why) => (otherAccount.value = why)))
  let timer: ReturnType<typeof setTimeout> | undefined
  watch(
    () => wait.value?.cancel ?? null,
    () => {
      clearTimeout(timer)
      isLong.value = false
      if (wait.value) timer = setTimeout(() => (isLong.value = true), SHOWN_AFTER_MS)
    },
  )
  onScopeDispose(() => {
    clearTimeout(timer)
    void told.then((stop) => stop())
  })

  async function run(way: () => Promise<string | null>): Promise<void> {
    isBusy.value = true
    otherAccount.value = ''
    otherAccount.value = (await way().catch(String)) ?? ''
    isBusy.value = false
  }

  return {
    /** The question to show, or null. A page to confirm on is shown at once. */
    shown: computed(() => (isLong.value || wait.value?.authUrl ? wait.value : null)),
    otherAccount,
    isBusy,
    /** The extension was switched back. */
    switchedBack: () => run(session.askAgain),
    /** The person wants to go on as whom the extension answers for. */
    useOther: () => run(session.withExtension),
  }
}
