/** Loading once: shared while it works, tried again after it has failed. */
import { describe, expect, it, vi } from 'vitest'
import { lazily } from '@/domain/once'

describe('lazily', () => {
  it('loads when first asked, and once for many', async () => {
    const load = vi.fn(async () => 'loaded')
    const get = lazily(load)
    expect(load).not.toHaveBeenCalled()
    expect(await Promise.all([get(), get()])).toEqual(['loaded', 'loaded'])
    expect(await get()).toBe('loaded')
    expect(load).toHaveBeenCalledOnce()
  })

  it('tries again after a failure, which everyone who waited for it hears of', async () => {
    const load = vi.fn(async () => 'loaded')
    load.mockRejectedValueOnce(new Error('The network is gone.'))
    const get = lazily(load)
    const both = await Promise.allSettled([get(), get()])
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    expect(await get()).toBe('loaded')
    expect(load).toHaveBeenCalledTimes(2)
  })
})
