/** Settings for the conformance run against the independent relay alone. */
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  resolve: { alias: { '@': fileURLToPath(new URL('../../src', import.meta.url)) } },
  test: {
    include: ['tests/independent-relay/conformance.test.ts'],
    environment: 'node',
    testTimeout: 20_000,
  },
})
