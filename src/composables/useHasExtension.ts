/** Whether a signing extension is in this browser. Most appear only after the page has begun. */
import { onScopeDispose, readonly, shallowRef, type Ref } from 'vue'

const POLLS = 20
const POLL_MS = 250

export function useHasExtension(): Readonly<Ref<boolean>> {
  const found = shallowRef('nostr' in window)
  let polls = 0
  const timer = setInterval(() => {
    found.value = 'nostr' in window
    polls += 1
    if (found.value || polls >= POLLS) clearInterval(timer)
  }, POLL_MS)
  onScopeDispose(() => clearInterval(timer))
  return readonly(found)
}
