import { describe, expect, it } from 'vitest'
import { mergeCarts } from '@/domain/cartMerge'
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
    carts.merge(stallAddress, cart)
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
    storage.setItem(`souk:cart:${stallAddress}`, JSON.stringify({ version: 2, data }))
    expect(carts.read(stallAddress)).toBeNull()
    expect(problems).toMatchObject([{ code: 'moved-aside' }])
    expect(storage.getItem(`souk:aside:souk:cart:${stallAddress}:1`)).not.toBeNull()
  })
})

describe('carts of version 1', () => {
  const lines = ['tea', 'cup', 'ash'].map((id) => ({
    productAddress: `30018:${cart.merchant}:${id}`,
    productId: id,
    quantity: 2,
    addedAt: 1_795_348_698,
    name: 'Tea',
    price: 9.9,
    currency: 'EUR',
  }))
  const data = { stallAddress, merchant: cart.merchant, zoneId: 'eu', updatedAt: 1_795_348_700 }

  it('are read with milliseconds, their lines in the same order', () => {
    const { carts, storage, problems } = open()
    const text = JSON.stringify({ version: 1, data: { ...data, lines } })
    storage.setItem(`souk:cart:${stallAddress}`, text)
    const read = carts.read(stallAddress)
    expect(read).toMatchObject({ zoneId: 'eu', updatedAt: 1_795_348_700_000, removed: [] })
    expect(read?.lines.map(({ productId }) => productId)).toEqual(['tea', 'cup', 'ash'])
    expect(read?.lines[0]).toEqual({
      ...lines[0],
      addedAt: 1_795_348_698_000,
      changedAt: 1_795_348_700_000,
    })
    expect(mergeCarts(read!, read!)).toBe(read)
    expect(problems).toEqual([])
  })

  it.each([
    ['no lines', data],
    ['a line that is none', { ...data, lines: [7] }],
    ['a date that is none', { ...data, lines, updatedAt: 'today' }],
  ])('with %s are moved aside', (_what, broken) => {
    const { carts, storage, problems } = open()
    const text = JSON.stringify({ version: 1, data: broken })
    storage.setItem(`souk:cart:${stallAddress}`, text)
    expect(carts.read(stallAddress)).toBeNull()
    expect(problems).toMatchObject([{ code: 'moved-aside' }])
  })
})
