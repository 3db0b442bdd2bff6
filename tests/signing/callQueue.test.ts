import { describe, expect, it, vi } from 'vitest'
import { createCallQueue } from '@/signing/callQueue'

const later = <T>(value: T, ms: number) =>
  new Promise<T>((resolve) => setTimeout(() => resolve(value), ms))

describe('the call queue', () => {
  it('runs one call at a time, in order', async () => {
    const queue = createCallQueue({ holder: 'x' })
    const log: string[] = []
    const call = (name: string, ms: number) =>
      queue.run('sign', async () => {
        log.push(`${name} begins`)
        await later(null, ms)
        log.push(`${name} ends`)
        return name
      })
    const answers = await Promise.all([call('a', 20), call('b', 1), call('c', 5)])
    expect(answers).toEqual(['a', 'b', 'c'].map((value) => ({ ok: true, value })))
    expect(log).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends'])
  })

  it('goes on after a call that throws', async () => {
    const queue = createCallQueue({ holder: 'the holder' })
    const failed = queue.run('sign', () => Promise.reject(new Error('boom')))
    const next = queue.run('sign', async () => 1)
    expect(await failed).toMatchObject({ ok: false, reason: { code: 'unavailable' } })
    expect(await next).toEqual({ ok: true, value: 1 })
  })

  it('gives each call a minute of its own, counted from its turn', async () => {
    vi.useFakeTimers()
    const queue = createCallQueue({ holder: 'the holder' })
    const results: unknown[] = []
    const hang = () => new Promise<never>(() => undefined)
    void queue.run('sign', hang).then((result) => results.push(result))
    void queue.run('sign', hang).then((result) => results.push(result))
    await vi.advanceTimersByTimeAsync(59_999)
    expect(results).toHaveLength(0)
    await vi.advanceTimersByTimeAsync(1)
    expect(results).toMatchObject([{ ok: false, reason: { code: 'timed-out' } }])
    await vi.advanceTimersByTimeAsync(60_000)
    expect(results).toHaveLength(2)
    vi.useRealTimers()
  })

  it('ignores a late answer', async () => {
    const queue = createCallQueue({ holder: 'the holder', timeoutMs: 10 })
    const late = await queue.run('sign', () => later('late', 30))
    expect(late.ok).toBe(false)
    expect(await queue.run('sign', () => later('fine', 1))).toEqual({ ok: true, value: 'fine' })
  })
})
