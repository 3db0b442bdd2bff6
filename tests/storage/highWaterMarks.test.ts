/** Marks in IndexedDB: they last, only rise, and stay when there is no database. */
import 'fake-indexeddb/auto'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { seenMark } from '@/domain/highWater'
import { createHighWaterMarks } from '@/storage/highWaterMarks'
import { product } from '../factories/catalogue'
import { eventId, T0 } from '../factories/events'

const { address } = product()
const mark = (n: number) => seenMark(address, { eventId: eventId(n), publishedAt: T0 + n })

afterEach(() => void vi.unstubAllGlobals())

describe('high-water marks', () => {
  it('last from one visit to the next and only rise', async () => {
    const first = createHighWaterMarks('last')
    await first.raise([mark(2)])
    await first.raise([mark(1)])
    const second = createHighWaterMarks('last')
    expect(await second.read()).toEqual([mark(2)])
    await second.raise([mark(3)])
    expect(await createHighWaterMarks('last').read()).toEqual([mark(3)])
  })

  it('are not lowered by a tab that knows less', async () => {
    const [one, other] = [createHighWaterMarks('tabs'), createHighWaterMarks('tabs')]
    await Promise.all([one.read(), other.read()])
    await one.raise([mark(5)])
    await other.raise([mark(4)])
    expect(await createHighWaterMarks('tabs').read()).toEqual([mark(5)])
  })

  it('last as long as the page where there is no database', async () => {
    vi.stubGlobal('indexedDB', {
      open: () => {
        throw new Error('blocked')
      },
    })
    const marks = createHighWaterMarks('none')
    await marks.raise([mark(1)])
    expect(await marks.read()).toEqual([mark(1)])
  })
})
