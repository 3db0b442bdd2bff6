/** Products are found by the words that name them, best first. */
import { describe, expect, it } from 'vitest'
import { searchProducts } from '@/domain/search'
import { product } from '../factories/catalogue'

const PRODUCTS = [
  product({ id: 'mug', name: 'Mug', description: 'For tea and Café crème' }),
  product({ id: 'tea', name: 'Tea', description: 'Loose leaf', categories: ['drinks'] }),
  product({ id: 'green', name: 'Green tea', description: '', categories: ['Drinks'] }),
]
const context = () => ({ stall: 'Corner', merchant: 'Mina' })
const found = (query: string) => searchProducts(PRODUCTS, query, context).map(({ id }) => id)

describe('a search', () => {
  it.each([
    ['', ['mug', 'tea', 'green']],
    ['  ', ['mug', 'tea', 'green']],
    ['tea', ['tea', 'green', 'mug']],
    ['TEA leaf', ['tea']],
    ['cafe', ['mug']],
    ['drinks', ['tea', 'green']],
    ['corner mina green', ['green']],
    ['tea nothing', []],
    ['(', []],
  ])('for "%s" finds %j', (query, ids) => {
    expect(found(query)).toEqual(ids)
  })
})
