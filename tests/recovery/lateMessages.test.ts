/** Messages that were signed long before they reached a relay: during a gap, and after it. */
import { describe, expect, it, onTestFinished } from 'vitest'
import { WebSocket } from 'ws'
import { followMessages } from '@/actions/followMessages'
import { decodeInvoice } from '@/payments/bolt11'
import { createInlineVerifier } from '@/relays/inlineVerifier'
import { createRelayPool } from '@/relays/pool'
import { localSigner } from '@/signing/localKey'
import { startRelay } from '../../dev/relay/relay'
import { createFaultyRelay } from '../faults/faultyRelay'
import { directMessage } from '../factories/events'
import { CUSTOMER } from '../factories/people'
import { testJournal } from '../factories/ports'
import { until } from '../relays/support'

const HOUR = 3600
const now = () => Math.floor(Date.now() / 1000)

/** A customer behind a line that can be cut, and the relay that goes on meanwhile. */
async function atTheRelay() {
  const relay = await startRelay()
  const line = await createFaultyRelay({ upstream: relay.url })
  const open = (url: string, retryMin: number) => {
    const timeouts = { retryMin, retryMax: retryMin }
    return createRelayPool({ urls: [url], verifier: createInlineVerifier(), WebSocket, timeouts })
  }
  const pool = open(line.url, 400)
  const merchant = open(relay.url, 20)
  const journal = testJournal()
  const stored: string[] = []
  const follower = followMessages(
    {
      pool,
      journal,
      signer: localSigner(CUSTOMER.secretKey),
      decodeInvoice,
      isKnown: () => false,
      mayOpen: () => true,
    },
    { onStored: (url) => stored.push(url) },
  )
  onTestFinished(async () => {
    follower.close()
    pool.close()
    merchant.close()
    await line.close()
    await relay.close()
  })
  const send = async (text: string, signedAgo: number) => {
    const [answer] = await merchant.publish(directMessage(text, { time: now() - signedAgo }))
    expect(answer?.outcome).toBe('accepted')
  }
  const isConnected = () => pool.states()[0]?.status === 'connected'
  const texts = () => journal.texts.map(({ text }) => text.text)
  return { line, send, stored, isConnected, texts }
}

describe('a message signed five hours ago', () => {
  it('arrives when it reached the relay during a gap, and when it does so afterwards', async () => {
    const { line, send, stored, isConnected, texts } = await atTheRelay()
    await until(() => stored.length === 1, 'the first reading')
    line.dropConnections()
    await until(() => !isConnected(), 'the gap')
    await send('during the gap', 5 * HOUR)
    expect(isConnected()).toBe(false)
    await until(() => texts().includes('during the gap'), 'the message of the gap')
    await send('after the gap', 5 * HOUR)
    await until(() => texts().includes('after the gap'), 'the live message')
    await send('signed two days ago', 47 * HOUR)
    await until(() => texts().includes('signed two days ago'), 'the older message')
    expect(texts()).toEqual(['during the gap', 'after the gap', 'signed two days ago'])
  })

  it('is asked for by its date: three days back from the last receipt', async () => {
    const { line, stored } = await atTheRelay()
    await until(() => stored.length === 1, 'the first reading')
    const [first] = line.heardOf('REQ').map((text) => JSON.parse(text) as unknown[])
    line.dropConnections()
    const subscriptions = () =>
      line
        .heardOf('REQ')
        .map((text) => JSON.parse(text) as [string, string, { since?: number }])
        .filter(([, id]) => id === first?.[1])
    await until(() => subscriptions().length === 2, 'the second question')
    const since = subscriptions()[1]?.[2].since ?? 0
    expect(Math.abs(since - (now() - 72 * HOUR))).toBeLessThan(60)
  })
})
