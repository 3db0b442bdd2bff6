/** Profiles: any field may be missing, and what others wrote survives our writing. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { KIND } from '@/protocol/event'
import { decodeProfile, encodeProfile } from '@/protocol/profile'
import { published, T0, unsigned } from '../factories/events'

const read = (content: object) => {
  const decoded = decodeProfile(unsigned({ kind: KIND.profile, content: JSON.stringify(content) }))
  return decoded.ok ? decoded.value : null
}

describe('reads', () => {
  it('a profile without any field', () => {
    expect(read({})).toMatchObject({ name: '', about: '', picture: '' })
  })

  it('the display name, or else the name', () => {
    expect(read({ name: 'mina', display_name: 'Mina' })?.name).toBe('Mina')
    expect(read({ name: 'mina', display_name: ' ' })?.name).toBe('mina')
    expect(read({ name: 'mina', display_name: null })?.name).toBe('mina')
  })
})

describe('writes', () => {
  const text = fc.string({ maxLength: 60 }).map((words) => words.trim())
  const fields = fc.record({
    name: text,
    about: text,
    picture: text,
    banner: text,
    website: text,
    nip05: text,
    lud16: text,
  })

  it('what it reads, whatever was there before', () => {
    const old = fc.constantFrom({}, { display_name: 'Old' }, { name: 'old', custom: 1 })
    fc.assert(
      fc.property(fields, old, (given, before) => {
        const decoded = decodeProfile(published(encodeProfile(given, T0, before)))
        expect(decoded).toMatchObject({ ok: true, value: given })
      }),
    )
  })

  it('keeps what others wrote', () => {
    const before = { display_name: 'Mina', bot: true, about: 'Old' }
    expect(JSON.parse(encodeProfile({ about: 'New' }, T0, before).content)).toEqual({
      display_name: 'Mina',
      bot: true,
      about: 'New',
    })
  })
})
