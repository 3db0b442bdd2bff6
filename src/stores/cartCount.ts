/** How many pieces are in all carts. The carts themselves are loaded once there are any. */
import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import { hasRecords } from '@/storage/storageArea'

const CARTS = 'souk:cart:'

export const useCartCountStore = defineStore('cart-count', () => {
  /** Kept by the carts, from when they are loaded. */
  const pieces = shallowRef(0)

  async function load(): Promise<void> {
    const { useCartsStore } = await import('./carts')
    useCartsStore()
  }

  if (hasRecords('localStorage', CARTS)) void load()
  // Another tab may fill the first cart.
  if (typeof window !== 'undefined') {
    window.addEventListener('storage', ({ key }) => {
      if (key?.startsWith(CARTS)) void load()
    })
  }

  return { pieces }
})
