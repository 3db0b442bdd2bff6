/** Fewer examples a property: hundreds of them for each of a thousand mutants would take hours. */
import type * as FastCheck from 'fast-check'
import { vi } from 'vitest'

const EXAMPLES = 15

vi.mock('fast-check', async (importOriginal) => {
  const actual = await importOriginal<typeof FastCheck>()
  const assert: typeof actual.assert = (property, options) =>
    actual.assert(property, { ...options, numRuns: EXAMPLES }) as never
  return { ...actual, default: { ...actual.default, assert } }
})
