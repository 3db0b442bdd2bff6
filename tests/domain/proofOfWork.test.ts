/** What relays ask for in their own words, and when a proof is offered at all. */
import { describe, expect, it } from 'vitest'
import { askedProof, MAX_PROOF_BITS, wantedBits } from '@/domain/proofOfWork'

describe('the bits that a relay wants', () => {
  it.each([
    ['pow: 25 bits needed', 25],
    ['pow: 28 bits needed. (2)', 28],
    ['pow: difficulty 26 is less than 30', 30],
    ['pow: 28 leading zero bits required', 28],
    ['pow: required difficulty: 16 (got 3)', 16],
    ['pow: minimum 20, yours 4', 20],
    ['pow: your event has 2, 21 it takes', 21],
    ['pow: please', null],
    ['pow: 257 bits needed', null],
    ['pow: 0 bits', null],
    ['blocked: 25 bits needed', null],
  ])('%s: %s', (reason, bits) => {
    expect(wantedBits(reason)).toBe(bits)
  })
})

describe('a proof is offered', () => {
  const refused = (relay: string, reason: string) =>
    ({ relay, outcome: 'refused', reason }) as const
  const easy = refused('wss://easy.example', 'pow: 12 bits needed')
  const hard = refused('wss://hard.example', 'pow: 20 bits needed')
  const beyond = refused('wss://beyond.example', `pow: ${MAX_PROOF_BITS + 1} bits needed`)

  it('for the relay that asks for the least', () => {
    expect(askedProof([hard, beyond, easy])).toEqual({ relay: 'wss://easy.example', bits: 12 })
  })

  it('never for what a relay has taken, and never beyond the cap', () => {
    const taken = { relay: 'wss://good.example', outcome: 'accepted', reason: '' } as const
    expect(askedProof([easy, taken])).toBeNull()
    expect(askedProof([beyond])).toBeNull()
    expect(askedProof([{ ...easy, outcome: 'timed-out' }])).toBeNull()
    expect(askedProof([])).toBeNull()
  })
})
