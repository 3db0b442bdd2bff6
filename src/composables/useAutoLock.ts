/** Locks a key under a password when nobody uses it for a while, in all tabs. Runs once, in SessionEvents.vue. */
import { computed, onScopeDispose, watch } from 'vue'
import { useLockStore } from '@/stores/lock'
import { useSessionStore } from '@/stores/session'
import { useSettingsStore } from '@/stores/settings'
import { isTooLong } from './lockTime'
import { onTabs } from './tabTalk'
import { usePorts } from './usePorts'
import { useSession } from './useSession'

const CHECK_MS = 5000
/** Use is told to the other tabs no more often than this. */
const TELL_SECONDS = 20
const SIGNS_OF_USE = ['pointerdown', 'keydown', 'wheel', 'touchstart'] as const

/** Calls back on every sign that somebody is there. Returns the way to stop. */
function watchUse(onUse: () => void): () => void {
  const options = { capture: true, passive: true }
  for (const sign of SIGNS_OF_USE) window.addEventListener(sign, onUse, options)
  return () => {
    for (const sign of SIGNS_OF_USE) window.removeEventListener(sign, onUse, options)
  }
}

export function useAutoLock(): void {
  const { now } = usePorts()
  const session = useSessionStore()
  const settings = useSettingsStore()
  const locks = useLockStore()
  const { lock, lockHere } = useSession()
  const isOpen = computed(() => session.isReady && session.isLockable)
  let usedAt = now()
  let toldAt = 0
  /** The last lock that was known when this tab opened the key. */
  let knownLock = 0

  const isIdle = (): boolean => isTooLong(usedAt, now(), settings.lockMinutes)

  function noteUse(): void {
    usedAt = now()
    if (!session.pubkey || usedAt - toldAt < TELL_SECONDS) return
    toldAt = usedAt
    locks.noteUse(session.pubkey, usedAt)
  }

  function lockIfIdle(): boolean {
    if (!isOpen.value || !session.pubkey || !isIdle()) return false
    // Another tab may have been used meanwhile.
    usedAt = Math.max(usedAt, locks.read(session.pubkey).usedAt)
    if (isIdle()) lock()
    return !isOpen.value
  }

  /** After the machine has slept, the first touch comes too late. */
  function onUse(): void {
    if (isOpen.value && !lockIfIdle()) noteUse()
  }

  watch(
    isOpen,
    (open) => {
      if (!open || !session.pubkey) return
      toldAt = 0
      knownLock = locks.read(session.pubkey).lockedAt
      noteUse()
    },
    { immediate: true, flush: 'sync' },
  )
  const stopFollowing = locks.onChange((pubkey, { lockedAt }) => {
    if (isOpen.value && pubkey === session.pubkey && lockedAt !== knownLock) lockHere()
  })
  // On a shared computer each tab has its own storage, and hears of no lock by way of it.
  const stopHearing = onTabs('souk-locked', (pubkey) => {
    if (isOpen.value && pubkey === session.pubkey) lockHere()
  })
  const stopWatching = watchUse(onUse)
  const timer = setInterval(lockIfIdle, CHECK_MS)
  document.addEventListener('visibilitychange', lockIfIdle)
  onScopeDispose(() => {
    stopFollowing()
    stopHearing()
    stopWatching()
    clearInterval(timer)
    document.removeEventListener('visibilitychange', lockIfIdle)
  })
}
