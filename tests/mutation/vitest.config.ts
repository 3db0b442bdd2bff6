/** Which tests judge the mutants: those of the mutated code alone, and only the quick ones. */
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** The plain examples first: most mutants end with them. */
class RulesFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => (/Rules\.test\.ts$/.test(moduleId) ? 0 : 1)
    return files.toSorted((a, b) => rank(a) - rank(b))
  }
}

export default defineConfig({
  resolve: { alias: { '@': fileURLToPath(new URL('../../src', import.meta.url)) } },
  test: {
    include: [
      'tests/domain/{factOrder,invoiceJudgement,orderBook,orderFold,orderFoldRules,orderTimeline}.test.ts',
      'tests/protocol/{decoderRules,deletion,directMessage,event,market,orderMessage,product,profile,stall}.test.ts',
      'tests/relays/{outboxRules,rules}.test.ts',
    ],
    setupFiles: [fileURLToPath(new URL('quickProperties.ts', import.meta.url))],
    environment: 'node',
    isolate: false,
    sequence: { sequencer: RulesFirst },
    testTimeout: 15_000,
  },
})
