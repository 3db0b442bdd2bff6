/** One clock for every relative time on the page: it ticks only while somebody looks at it. */
import { onMounted, onUnmounted, readonly, shallowRef, type Ref } from 'vue'

const TICK_MS = 20_000
const seconds = () => Math.floor(Date.now() / 1000)
const now = shallowRef(seconds())
let watchers = 0
let timer: ReturnType<typeof setInterval> | undefined

const tick = () => {
  now.value = seconds()
}

/** The present in unix seconds, renewed every twenty seconds while mounted. */
export function useClock(): Readonly<Ref<number>> {
  onMounted(() => {
    tick()
    watchers += 1
    if (watchers === 1) timer = setInterval(tick, TICK_MS)
  })
  onUnmounted(() => {
    watchers -= 1
    if (watchers === 0) clearInterval(timer)
  })
  return readonly(now)
}
