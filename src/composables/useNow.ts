/** One ticking clock for everything that counts down. */
import { onScopeDispose, readonly, shallowRef, type Ref } from 'vue'

const seconds = (): number => Math.floor(Date.now() / 1000)

/** The present in unix seconds, renewed every second while its scope lives. */
export function useNow(): Readonly<Ref<number>> {
  const now = shallowRef(seconds())
  const timer = setInterval(() => (now.value = seconds()), 1000)
  onScopeDispose(() => clearInterval(timer))
  return readonly(now)
}
