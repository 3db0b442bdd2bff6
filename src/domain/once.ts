/** Loading something once, when it is first needed. */

/**
 * A function that calls `load` the first time and hands out the same promise from then on. Once that
 * has failed it is forgotten: the next call tries again.
 */
export function lazily<T>(load: () => Promise<T>): () => Promise<T> {
  let loading: Promise<T> | null = null
  return () => {
    if (loading) return loading
    const current = load()
    loading = current
    current.catch(() => (loading = null))
    return current
  }
}
