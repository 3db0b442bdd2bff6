import { describe, expect, it } from 'vitest'
import type { Address, Pubkey } from '@/domain/ids'
import { createCartDocuments } from '@/storage/cartDocuments'
import type { StorageProblem } from '@/storage/storageProblems'
import { createFakeBrowser } from './fakeBrowser'
import { cart, customer, stallAddress } from './samples'

function open() {
  const { storage } = createFakeBrowser().openTab()
  const problems: StorageProblem[] = []
  return {
    storage,
    problems,
    carts: createCartDocuments({ storage, onProblem: (problem) => problems.push(problem) }),
  }
}

describe('stored carts', () => {
  it('come back as they were, by stall address', () => {
    const { carts, storage } = open()
    carts.write(stallAddress, cart)
    expect(storage.getItem(`souk:cart:${stallAddress}`)).not.toBeNull()
    expect(carts.read(stallAddress)).toEqual(cart)
    expect(carts.readAll()).toEqual(new Map([[stallAddress, cart]]))
  })

  it.each([
    ['of another stall', { ...cart, stallAddress: `30017:${customer}:x` as Address }],
    ['with another merchant', { ...cart, merchant: customer }],
    ['with a broken merchant', { ...cart, merchant: 'nobody' as Pubkey }],
    ['with half a piece', { ...cart, lines: [{ ...cart.lines[0]!, quantity: 0.5 }] }],
    ['without lines', { ...cart, lines: undefined }],
  ])('%s are moved aside', (_what, data) => {
    const { carts, storage, problems } = open()
    storage.setItem(`souk:cart:${stallAddress}`, JSON.stringify({ version: 1, data }))
    expect(carts.read(stallAddress)).toBeNull()
    expect(problems).toMatchObject([{ code: 'moved-aside' }])
    expect(storage.getItem(`souk:aside:souk:cart:${stallAddress}:1`)).not.toBeNull()
  })
})
