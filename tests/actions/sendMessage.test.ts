/** Plain texts: sent and shown, or neither. */
import { expect, it } from 'vitest'
import { sendMessage } from '@/actions/sendMessage'
import { CUSTOMER, MERCHANT } from '../factories/people'
import { sendPorts } from '../factories/ports'

const HELLO = { type: 'text', text: 'Hello' } as const

it('a text is sent and kept in the conversation', async () => {
  const { ports, log, journal } = sendPorts(CUSTOMER)
  expect(await sendMessage(ports, MERCHANT.pubkey, HELLO)).toMatchObject({ ok: true })
  expect(log).toEqual(['encrypt', 'sign', 'outbox', 'journal: text'])
  expect(journal.texts).toMatchObject([{ peer: MERCHANT.pubkey, text: { text: 'Hello' } }])
})

it('a text is not sent when it cannot be kept', async () => {
  const { ports, journal, outbox } = sendPorts(CUSTOMER)
  journal.failure = new Error('There is no room left.')
  outbox.withdraw = () => outbox.sent.splice(0).length > 0
  await expect(sendMessage(ports, MERCHANT.pubkey, HELLO)).rejects.toThrow('no room left')
  expect(outbox.sent).toEqual([])
})

it('a text that is under way already counts as sent, though it could not be kept', async () => {
  const { ports, journal, outbox } = sendPorts(CUSTOMER)
  journal.failure = new Error('There is no room left.')
  expect(await sendMessage(ports, MERCHANT.pubkey, HELLO)).toMatchObject({ ok: true })
  expect(outbox.sent).toHaveLength(1)
})

it('a text is not kept when it cannot be handed over', async () => {
  const { ports, journal, outbox } = sendPorts(CUSTOMER)
  outbox.enqueue = () => {
    throw new Error('There is no room left.')
  }
  await expect(sendMessage(ports, MERCHANT.pubkey, HELLO)).rejects.toThrow('no room left')
  expect(journal.texts).toEqual([])
})

it('a text is not sent once its identity has left, for it would be kept in memory alone', async () => {
  const { ports, journal, outbox } = sendPorts(CUSTOMER)
  journal.isLeft = true
  await expect(sendMessage(ports, MERCHANT.pubkey, HELLO)).rejects.toThrow('Nothing was sent')
  expect([outbox.sent, journal.texts]).toEqual([[], []])
})
