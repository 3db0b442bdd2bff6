/** High-water marks in memory, as a browser without IndexedDB would keep them. */
import { isHigher, type HighWaterMarks, type Mark } from '@/domain/highWater'

export function memoryMarks(): HighWaterMarks & { readonly kept: ReadonlyMap<string, Mark> } {
  const kept = new Map<string, Mark>()
  return {
    kept,
    read: async () => [...kept.values()],
    async raise(marks) {
      for (const mark of marks) if (isHigher(mark, kept.get(mark.name))) kept.set(mark.name, mark)
    },
  }
}
