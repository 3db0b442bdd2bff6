/** Which tests judge the mutants: those of the mutated code alone, and only the quick ones. */
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  resolve: { alias: { '@': fileURLToPath(new URL('../../src', import.meta.url)) } },
  test: {
    include: [
      'tests/domain/{factOrder,invoiceJudgement,orderBook,orderFold,orderPayments,orderSteps,orderTimeline,orderVersions}.test.ts',
      'tests/protocol/{decoderRules,deletion,directMessage,event,json,market,orderMessage,product,profile,stall}.test.ts',
      'tests/relays/{deliveries,outboxRules,rules}.test.ts',
    ],
    setupFiles: [fileURLToPath(new URL('quickProperties.ts', import.meta.url))],
    environment: 'node',
    isolate: false,
    testTimeout: 15_000,
  },
})
