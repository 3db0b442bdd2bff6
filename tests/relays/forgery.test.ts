/** A relay that lies must not hide what honest relays deliver. */
import { describe, expect, it } from 'vitest'
import { createIntake } from '@/relays/intake'
import { createInlineVerifier } from '@/relays/inlineVerifier'
import { shareVerification } from '@/relays/verifier'
import { startScriptedRelay, serving } from './scriptedRelay'
import { forgedCopy, isGenuine, openPool, pause, record, signed, until } from './support'

const event = signed({ content: 'the genuine one' })
const slowly =
  (script: ReturnType<typeof serving>, ms: number): typeof script =>
  (frame, client) =>
    void setTimeout(() => script(frame, client), ms)

const honest = serving([event])
const lying = serving([forgedCopy(event)])
const silentSignature = serving([{ ...event, sig: '0'.repeat(128) }])

describe('a forged copy does not hide the genuine event', () => {
  it.each([
    ['2 relays, forged copy first', [lying, slowly(honest, 80)]],
    ['2 relays, genuine event first', [slowly(lying, 80), honest]],
    ['2 relays, both at once', [lying, honest]],
    ['3 relays, two forged copies first', [lying, silentSignature, slowly(honest, 80)]],
    ['3 relays, forged before and after', [lying, slowly(honest, 60), slowly(lying, 120)]],
    ['3 relays, all at once', [silentSignature, lying, honest]],
  ])('%s', async (_name, scripts) => {
    const relays = await Promise.all(scripts.map((script) => startScriptedRelay(script)))
    const pool = openPool(relays.map(({ url }) => url))
    const seen = record(pool, [{ kinds: [1] }])
    await until(() => seen.stored.length === relays.length, 'all relays')
    expect(seen.events.map(({ content }) => content)).toEqual(['the genuine one'])
    expect(isGenuine(seen.events[0]!)).toBe(true)
  })

  it('from one and the same relay', async () => {
    const relay = await startScriptedRelay(serving([forgedCopy(event), event, forgedCopy(event)]))
    const seen = record(openPool([relay.url]), [{ kinds: [1] }])
    await until(() => seen.stored.length === 1)
    expect(seen.ids()).toEqual([event.id])
  })

  it('while equal copies in one batch share a check', async () => {
    const checked: string[] = []
    const inline = createInlineVerifier((copy) => {
      checked.push(copy.content)
      return copy.content === event.content
    })
    const verifier = shareVerification(inline)
    const [a, b] = await Promise.all([
      verifier.verify([forgedCopy(event), event]),
      verifier.verify([event, forgedCopy(event)]),
    ])
    expect([a, b]).toEqual([
      [false, true],
      [true, false],
    ])
    expect(checked.sort()).toEqual(['forged', 'the genuine one'])
  })
})

describe('what is delivered', () => {
  it('is a frozen copy of its own, with nothing but the seven fields', async () => {
    const relay = await startScriptedRelay(serving([{ ...event, __proto__: null, extra: 1 }]))
    const seen = record(openPool([relay.url]), [{}])
    await until(() => seen.events.length === 1)
    expect(Object.keys(seen.events[0]!).sort()).toEqual(
      ['content', 'created_at', 'id', 'kind', 'pubkey', 'sig', 'tags'].sort(),
    )
    expect(Object.isFrozen(seen.events[0])).toBe(true)
  })

  it('answers the filters, although the relay pushes other events', async () => {
    const mine = signed({ kind: 4, tags: [['p', 'a'.repeat(64)]] })
    const others = [
      signed({ kind: 4, tags: [['p', 'b'.repeat(64)]] }),
      signed({ kind: 1, tags: [['p', 'a'.repeat(64)]] }),
    ]
    const relay = await startScriptedRelay(serving([...others, mine]))
    const seen = record(openPool([relay.url]), [{ kinds: [4], '#p': ['a'.repeat(64)] }])
    await until(() => seen.stored.length === 1)
    expect(seen.ids()).toEqual([mine.id])
  })

  it('comes although shapeless events surround it', async () => {
    const junk = [null, 7, 'x', {}, [], { ...event, kind: 1.5 }, { ...event, tags: 'no' }]
    const relay = await startScriptedRelay(serving([...junk, event, ...junk]))
    const seen = record(openPool([relay.url]), [{ kinds: [1] }])
    await until(() => seen.stored.length === 1)
    expect(seen.ids()).toEqual([event.id])
  })

  it('is not stopped by a handler that throws', async () => {
    const errors: unknown[] = []
    const others = process.listeners('uncaughtException')
    process.removeAllListeners('uncaughtException')
    process.on('uncaughtException', (error) => errors.push(error))
    const second = signed({ content: 'second' })
    const relay = await startScriptedRelay(serving([event, second]))
    const got: string[] = []
    const subscription = openPool([relay.url]).subscribe([{}], {
      onEvent(received) {
        got.push(received.id)
        if (got.length === 1) throw new Error('a mistake of the app')
      },
    })
    await until(() => got.length === 2)
    await pause(10)
    subscription.close()
    process.removeAllListeners('uncaughtException')
    for (const listener of others) process.on('uncaughtException', listener)
    expect(got).toEqual([event.id, second.id])
    expect(errors).toHaveLength(1)
  })
})

describe('intake', () => {
  it('checks a copy again when its date differs from that of the delivered event', async () => {
    let checks = 0
    const verifier = createInlineVerifier((copy) => {
      checks++
      return copy.created_at === event.created_at
    })
    const genuine: number[] = []
    const intake = createIntake({
      wanted: () => true,
      verifier,
      delivered: new Map(),
      deliver: () => undefined,
    })
    const push = (copy: unknown) => intake.push(copy, 100, (e) => genuine.push(e.created_at))
    push(event)
    await intake.drained()
    push(event)
    push({ ...event, created_at: 1 })
    await intake.drained()
    expect(checks).toBe(2)
    expect(genuine).toEqual([event.created_at, event.created_at])
  })
})
