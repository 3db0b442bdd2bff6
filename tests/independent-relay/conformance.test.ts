/** Runs the conformance cases against the independent relay, whose urls run.mjs passes in. */
import { describe, expect, it } from 'vitest'
import { conformanceCases } from '../dev/relay/conformance'
import { deviations } from './deviations'

const URLS = {
  none: process.env['INDEPENDENT_RELAY_URL'] ?? '',
  'read-dm': process.env['INDEPENDENT_AUTH_RELAY_URL'] ?? '',
  all: '',
}

describe('independent relay', () => {
  it('deviates only in cases that exist', () => {
    const names = conformanceCases.map(({ name }) => name)
    expect(Object.keys(deviations).filter((name) => !names.includes(name))).toEqual([])
  })

  const conforming = conformanceCases.filter(
    ({ name, policy }) => policy !== 'all' && !(name in deviations),
  )
  for (const { name, policy, run } of conforming) it(name, () => run(URLS[policy]))
})
