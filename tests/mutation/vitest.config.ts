/** Which tests judge the mutants: those of the mutated code alone, and only the quick ones. */
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** By group. Changes of what is made once, such as schemas, are judged by all tests of their group. */
const TESTS: Readonly<Record<string, readonly string[]>> = {
  judge: ['tests/domain/invoiceJudgement.test.ts'],
  fold: ['tests/domain/{factOrder,orderBook,orderFold,orderFoldRules,orderTimeline}.test.ts'],
  decoders: [
    'tests/protocol/{decoderRules,deletion,directMessage,event,market,orderMessage,product,profile,stall}.test.ts',
  ],
  outbox: ['tests/relays/{outboxRules,rules}.test.ts'],
}

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
    include: (process.env.SOUK_MUTATE ? [process.env.SOUK_MUTATE] : Object.keys(TESTS)).flatMap(
      (group) => TESTS[group] ?? [],
    ),
    setupFiles: [fileURLToPath(new URL('quickProperties.ts', import.meta.url))],
    environment: 'node',
    isolate: false,
    sequence: { sequencer: RulesFirst },
    testTimeout: 15_000,
  },
})
