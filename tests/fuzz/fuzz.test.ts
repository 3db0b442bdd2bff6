/** A short campaign over everything that reads the outside world; `npm run fuzz` is the long one. */
import { describe, expect, it } from 'vitest'
import { divide, inputsOf, runCampaign, tryInputs } from './campaign'
import { mutate } from './mutate'
import { createRandom } from './random'
import { smallest } from './smallest'
import { TARGETS } from './targets/all'
import { RECORD_TARGETS } from './targets/records'
import type { Target } from './target'

const INPUTS = 20_000
const quick = TARGETS.filter(({ batch = 1 }) => batch === 1)
const inBatches = TARGETS.filter(({ batch = 1 }) => batch > 1)

const failing: Target = {
  name: 'picky',
  share: 1,
  samples: ['{"a":"bad"}'],
  feed(inputs) {
    if (inputs.some((input) => input.includes('bad'))) throw new Error('bad')
  },
}

describe('hostile inputs', () => {
  it.each(TARGETS.map((target) => [target.name, target] as const))(
    'the good inputs of %s cause no error',
    async (_, target) => {
      expect(await tryInputs(target, target.samples.slice(0, target.batch ?? 1))).toBeNull()
    },
  )

  it(`${INPUTS} of them cause no error and hide nothing good`, { timeout: 60_000 }, async () => {
    const { perTarget, failures } = await runCampaign(quick, { inputs: INPUTS, seed: 11 })
    expect(failures).toEqual([])
    expect(Object.keys(perTarget)).toHaveLength(quick.length)
  })

  it.each(RECORD_TARGETS.map((target) => [target.name, target] as const))(
    'a %s that is cut anywhere is neither lost nor in the way',
    async (_, target) => {
      const [sample = ''] = target.samples
      for (let length = 0; length <= sample.length; length++) {
        expect(await tryInputs(target, [sample.slice(0, length)])).toBeNull()
      }
    },
  )

  it.each(inBatches.map((target) => [target.name, target] as const))(
    'mixed with good ones on the way of %s hide nothing good',
    async (_, target) => {
      const { failures } = await runCampaign([target], { inputs: target.batch ?? 1, seed: 12 })
      expect(failures).toEqual([])
    },
  )
})

describe('the fuzz program', () => {
  it('makes the same inputs of the same seed, and others of another', () => {
    const target = TARGETS[0]!
    expect(inputsOf(target, 1, 5)).toEqual(inputsOf(target, 1, 5))
    expect(inputsOf(target, 1, 5)).not.toEqual(inputsOf(target, 2, 5))
  })

  it('changes nearly every input, and makes some that are still JSON', () => {
    const random = createRandom(3)
    const sample = '{"id":"x","items":[1,2],"inner":"{\\"a\\":1}"}'
    const made = Array.from({ length: 300 }, () => mutate(sample, random))
    const isJson = (text: string) => {
      try {
        return typeof JSON.parse(text) === 'object'
      } catch {
        return false
      }
    }
    expect(made.filter((text) => text !== sample).length).toBeGreaterThan(270)
    expect(made.filter(isJson).length).toBeGreaterThan(150)
    expect(made.filter((text) => !isJson(text)).length).toBeGreaterThan(20)
  })

  it('gives every target its share, and one batch at least', () => {
    const counts = divide(
      [
        { ...failing, share: 999 },
        { ...failing, batch: 50 },
      ],
      1_000,
    )
    expect([...counts.values()]).toEqual([999, 50])
  })

  it('reports a failure in its smallest form', async () => {
    const { failures } = await runCampaign([failing], { inputs: 20, seed: 1 })
    expect(failures.length).toBeGreaterThan(0)
    expect(failures.every(({ inputs }) => inputs[0] === 'bad')).toBe(true)
    const inputs = ['fine', 'this is bad too', 'fine']
    const fails = async (fewer: readonly string[]) => fewer.some((text) => text.includes('bad'))
    expect(await smallest(inputs, fails)).toEqual(['bad'])
  })
})
