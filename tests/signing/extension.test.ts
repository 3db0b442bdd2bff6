import { describe, expect, it, vi } from 'vitest'
import type { EventTemplate } from '@/protocol/event'
import { extensionSigner, waitForExtension, type WindowNostr } from '@/signing/extension'
import { createLocalKey, publicKeyOf } from '@/signing/localKey'
import { createSignerDesk } from '@/signing/signerDesk'
import { signerContract, valueOf } from './contract'
import { honestExtension, signWith, stubbornExtension } from './fakeExtension'

signerContract('extension', async (secretKey) =>
  valueOf(await extensionSigner(honestExtension(secretKey))),
)

const secretKey = createLocalKey()
const otherKey = createLocalKey()
const peer = publicKeyOf(createLocalKey())
const template: EventTemplate = {
  kind: 4,
  created_at: 1_795_348_698,
  tags: [['p', peer]],
  content: 'hello',
}

const open = async (nostr: WindowNostr) => valueOf(await extensionSigner(nostr, { timeoutMs: 60 }))

/** An extension that hands the honest signed event to a liar before answering. */
function alteringExtension(alter: (asked: EventTemplate) => unknown): WindowNostr {
  return { ...honestExtension(secretKey), signEvent: async (asked) => alter(asked) }
}

describe('an extension that does not sign as asked', () => {
  const declines = () => Promise.reject(new Error('User rejected the request'))
  const never = () => new Promise<never>(() => undefined)

  it('denies: declined', async () => {
    const answer = await (await open(stubbornExtension(secretKey, declines))).sign(template)
    expect(answer).toMatchObject({ ok: false, reason: { code: 'declined' } })
  })

  it.each([
    ['a bare string', 'denied'],
    ['a plain object', { message: 'Prompt was closed' }],
  ])('denies by throwing %s: declined', async (_what, thrown) => {
    const signer = await open(stubbornExtension(secretKey, () => Promise.reject(thrown)))
    expect(await signer.sign(template)).toMatchObject({ reason: { code: 'declined' } })
  })

  it('is locked: locked', async () => {
    const locked = () => Promise.reject(new Error('Extension is locked'))
    const answer = await (await open(stubbornExtension(secretKey, locked))).sign(template)
    expect(answer).toMatchObject({ reason: { code: 'locked' } })
  })

  it('never answers: timed out, and the next call has its turn', async () => {
    const nostr = { ...honestExtension(secretKey), signEvent: never }
    const signer = await open(nostr)
    const [signed, encrypted] = await Promise.all([
      signer.sign(template),
      signer.nip04Encrypt(peer, 'next'),
    ])
    expect(signed).toMatchObject({ reason: { code: 'timed-out' } })
    expect(encrypted.ok).toBe(true)
  })

  it.each([
    ['rejecting', () => Promise.reject(new Error('boom'))],
    [
      'throwing at once',
      () => {
        throw new Error('boom')
      },
    ],
    ['rejecting with nothing', () => Promise.reject(undefined)],
  ])('fails by %s: unavailable', async (_how, fails) => {
    const signer = await open(stubbornExtension(secretKey, fails))
    expect(await signer.sign(template)).toMatchObject({ reason: { code: 'unavailable' } })
    expect((await signer.nip44Encrypt(peer, 'text')).ok).toBe(false)
    expect((await signer.nip04Encrypt(peer, 'text')).ok).toBe(false)
  })

  const lies: [string, (asked: EventTemplate) => unknown, RegExp][] = [
    ['an empty string', () => '', /invalid event/],
    ['undefined', () => undefined, /invalid event/],
    ['a half event', (asked) => ({ ...asked, id: 'x' }), /invalid event/],
    [
      'other content',
      (asked) => signWith(secretKey, { ...asked, content: 'send it elsewhere' }),
      /content differs/,
    ],
    [
      'other tags',
      (asked) => signWith(secretKey, { ...asked, tags: [['p', publicKeyOf(otherKey)]] }),
      /tags differs/,
    ],
    [
      'an added tag',
      (asked) => signWith(secretKey, { ...asked, tags: [...asked.tags, ['client', 'x']] }),
      /tags differs/,
    ],
    ['another kind', (asked) => signWith(secretKey, { ...asked, kind: 1 }), /kind differs/],
    [
      'another date',
      (asked) => signWith(secretKey, { ...asked, created_at: asked.created_at + 1 }),
      /date differs/,
    ],
    [
      'a bad signature',
      (asked) => ({ ...signWith(secretKey, asked), sig: '0'.repeat(128) }),
      /invalid event/,
    ],
    [
      'content changed after signing',
      (asked) => ({ ...signWith(secretKey, asked), content: 'EVIL' }),
      /invalid event/,
    ],
  ]
  it.each(lies)('answers with %s: a wrong answer in plain words', async (_lie, alter, words) => {
    const answer = await (await open(alteringExtension(alter))).sign(template)
    expect(answer).toMatchObject({ ok: false, reason: { code: 'wrong-answer' } })
    expect(answer.ok ? '' : answer.reason.message).toMatch(words)
  })

  it('signs for another account: that is told, and a way back is named', async () => {
    const desk = createSignerDesk()
    const told: string[] = []
    desk.onOtherAccount((why) => told.push(why))
    const nostr = alteringExtension((asked) => signWith(otherKey, asked))
    const signer = valueOf(await extensionSigner(nostr, { timeoutMs: 60, desk }))
    const answer = await signer.sign(template)
    expect(answer).toMatchObject({ ok: false, reason: { code: 'other-account' } })
    const words = answer.ok ? '' : answer.reason.message
    expect(words).toMatch(/another account \(npub1.*Nothing was done\. Switch back/)
    expect(told).toEqual([words])
  })

  it('cannot change the template under our hands', async () => {
    const signer = await open(
      alteringExtension((asked) => {
        Object.assign(asked, { content: 'EVIL' })
        return signWith(secretKey, asked)
      }),
    )
    expect(await signer.sign(template)).toMatchObject({ reason: { code: 'wrong-answer' } })
    expect(template.content).toBe('hello')
  })
})

describe('an extension that does not encrypt as asked', () => {
  const answers: [string, unknown][] = [
    ['nothing', ''],
    ['undefined', undefined],
    ['a number', 7],
    ['the plaintext', 'my address is 1 Test Street'],
    [
      'the plaintext in disguise',
      `${btoa('my address is 1 Test Street')}?iv=${btoa('0'.repeat(16))}`,
    ],
    ['anything else', 'encrypted!'],
  ]
  it.each(answers)('gives %s: a wrong answer', async (_what, answer) => {
    const signer = await open(stubbornExtension(secretKey, async () => answer))
    const text = 'my address is 1 Test Street'
    for (const result of [
      await signer.nip04Encrypt(peer, text),
      await signer.nip44Encrypt(peer, text),
    ]) {
      expect(result).toMatchObject({ ok: false, reason: { code: 'wrong-answer' } })
    }
  })

  it('offers no encryption: unavailable, by name', async () => {
    const { getPublicKey, signEvent } = honestExtension(secretKey)
    const answer = await (await open({ getPublicKey, signEvent })).nip04Encrypt(peer, 'text')
    expect(answer).toMatchObject({ reason: { code: 'unavailable' } })
    expect(answer.ok ? '' : answer.reason.message).toContain('NIP-04')
  })
})

describe('an extension that does not decrypt as asked', () => {
  const ciphertext = async () =>
    (await honestExtension(secretKey).nip04.encrypt(peer, 'hi')) as string

  it.each([
    ['nothing', ''],
    ['null', null],
    ['an object', {}],
    ['junk', 'a\uFFFDb'],
  ])('gives %s: a wrong answer', async (_what, answer) => {
    const signer = await open(stubbornExtension(secretKey, async () => answer))
    expect(await signer.nip04Decrypt(peer, await ciphertext())).toMatchObject({
      ok: false,
      reason: { code: 'wrong-answer' },
    })
  })

  it('gives back the ciphertext: a wrong answer', async () => {
    const sent = await ciphertext()
    const signer = await open(stubbornExtension(secretKey, async () => sent))
    expect((await signer.nip04Decrypt(peer, sent)).ok).toBe(false)
  })

  it('is not asked about what is no ciphertext at all', async () => {
    const decrypt = vi.fn(async () => 'anything')
    const nostr = { ...honestExtension(secretKey), nip04: { encrypt: decrypt, decrypt } }
    expect((await (await open(nostr)).nip04Decrypt(peer, 'plain words')).ok).toBe(false)
    expect(decrypt).not.toHaveBeenCalled()
  })

  it('declines: declined, so that the message is tried again later', async () => {
    const nostr = stubbornExtension(secretKey, () => Promise.reject('denied'))
    expect(await (await open(nostr)).nip04Decrypt(peer, await ciphertext())).toMatchObject({
      reason: { code: 'declined' },
    })
  })

  it('works for another account now: the problem names it', async () => {
    let key = secretKey
    const nostr = {
      ...honestExtension(secretKey),
      getPublicKey: async () => publicKeyOf(key),
      nip04: { encrypt: async () => '', decrypt: async () => Promise.reject(new Error('bad')) },
    }
    const signer = await open(nostr)
    key = otherKey
    const answer = await signer.nip04Decrypt(peer, await ciphertext())
    expect(answer.ok ? '' : answer.reason.message).toMatch(/another account \(npub1/)
  })
})

describe('the first question to an extension', () => {
  it.each([
    ['', 'wrong-answer'],
    ['npub1xyz', 'wrong-answer'],
    [undefined, 'wrong-answer'],
  ])('answered with %j is a problem', async (answer, code) => {
    const nostr = { ...honestExtension(secretKey), getPublicKey: async () => answer }
    expect(await extensionSigner(nostr)).toMatchObject({ ok: false, reason: { code } })
  })

  it('is given up after a while', async () => {
    const nostr = {
      ...honestExtension(secretKey),
      getPublicKey: () => new Promise(() => undefined),
    }
    expect(await extensionSigner(nostr, { timeoutMs: 20 })).toMatchObject({
      reason: { code: 'timed-out' },
    })
  })
})

describe('waiting for an extension', () => {
  it('finds one that is injected late', async () => {
    const scope: { nostr?: WindowNostr } = {}
    setTimeout(() => (scope.nostr = honestExtension(secretKey)), 60)
    expect(await waitForExtension(5000, scope)).toBe(scope.nostr)
    expect(scope.nostr).toBeDefined()
  })

  it('gives up after its time', async () => {
    expect(await waitForExtension(100, { nostr: { getPublicKey: 1 } })).toBeNull()
  })
})
