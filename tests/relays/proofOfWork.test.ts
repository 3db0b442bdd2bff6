/** Proofs of work (NIP-13): counted as the document does, found, and given up on demand. */
import { hexToBytes } from '@noble/hashes/utils.js'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { idOf, verifyEvent } from '@/protocol/verifyEvent'
import { mine, type ProofWorker } from '@/relays/miner'
import { findNonce, leadingZeroBits, withNonce, type ProofJob } from '@/relays/proofOfWork'

const vector = JSON.parse(
  readFileSync(new URL('../fixtures/vectors/nip13.vector.json', import.meta.url), 'utf8'),
) as {
  event: Record<string, unknown> & { id: string; tags: string[][] }
  difficulty: number
}
const job = (bits: number): ProofJob => ({
  pubkey: 'a'.repeat(64),
  template: {
    kind: 4,
    created_at: 1_800_000_000,
    tags: [['p', 'b'.repeat(64)]],
    content: 'Grüße "?nonce?" "nonce","?nonce?"',
  },
  bits,
})
const bitsOf = ({ pubkey }: ProofJob, template: ProofJob['template']) =>
  leadingZeroBits(hexToBytes(idOf({ ...template, pubkey })))

describe('a proof of work', () => {
  it('is counted as in the example of NIP-13', () => {
    expect(verifyEvent(vector.event).ok).toBe(true)
    expect(leadingZeroBits(hexToBytes(vector.event.id))).toBe(vector.difficulty)
    const target = Number(vector.event.tags[0]![2])
    expect(vector.difficulty).toBeGreaterThanOrEqual(target)
  })

  it.each([
    ['ff', 0],
    ['7f', 1],
    ['01', 7],
    ['0080', 8],
    ['0001', 15],
    ['0000', 16],
  ])('of %s has %i bits', (hex, bits) => {
    expect(leadingZeroBits(hexToBytes(hex))).toBe(bits)
  })

  it.each([1, 8, 10])('of %i bits is found, and is one for the event that is signed', (bits) => {
    const nonce = findNonce(job(bits), 0, 200_000)
    expect(nonce).not.toBeNull()
    const proved = withNonce(job(bits), nonce!)
    expect(bitsOf(job(bits), proved)).toBeGreaterThanOrEqual(bits)
    expect(proved.tags).toEqual([
      ['p', 'b'.repeat(64)],
      ['nonce', String(nonce), String(bits)],
    ])
  })

  it('goes on where it stopped, and is not found where there is none', () => {
    const nonce = findNonce(job(8), 0, 100_000)!
    expect(findNonce(job(8), 0, nonce)).toBeNull()
    expect(findNonce(job(8), nonce, 1)).toBe(nonce)
  })

  it('takes the place of an earlier one', () => {
    const again = withNonce({ ...job(8), template: withNonce(job(4), 7) }, 9)
    expect(again.tags.filter(([name]) => name === 'nonce')).toEqual([['nonce', '9', '8']])
  })
})

describe('mining in a worker', () => {
  function fakeWorker(after: (worker: ProofWorker) => void) {
    let ended = 0
    const worker: ProofWorker = {
      onmessage: null,
      onerror: null,
      postMessage: () => queueMicrotask(() => after(worker)),
      terminate: () => void ended++,
    }
    return { start: () => worker, ended: () => ended }
  }
  const say = (worker: ProofWorker, tries: number, nonce: number | null) =>
    worker.onmessage?.({ data: { tries, nonce } } as MessageEvent)

  it('tells how far it is, and ends the worker when it is done', async () => {
    const heard: number[] = []
    const { start, ended } = fakeWorker((worker) => {
      say(worker, 100, null)
      say(worker, 200, 123)
    })
    const signal = new AbortController().signal
    const proved = await mine(job(8), (tries) => heard.push(tries), signal, start)
    expect(proved?.tags.at(-1)).toEqual(['nonce', '123', '8'])
    expect(heard).toEqual([100])
    expect(ended()).toBe(1)
  })

  it('can be given up', async () => {
    const { start, ended } = fakeWorker(() => undefined)
    const giveUp = new AbortController()
    const proved = mine(job(40), () => undefined, giveUp.signal, start)
    giveUp.abort()
    expect(await proved).toBeNull()
    expect(ended()).toBe(1)
    expect(await mine(job(8), () => undefined, giveUp.signal, start)).toBeNull()
  })

  it('says so when the browser runs no workers', async () => {
    const { start } = fakeWorker((worker) => worker.onerror?.({} as ErrorEvent))
    const signal = new AbortController().signal
    await expect(mine(job(8), () => undefined, signal, start)).rejects.toThrow('no workers')
  })
})
