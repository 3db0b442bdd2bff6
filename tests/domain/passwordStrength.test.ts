/** The hint beside a new password. */
import { expect, it } from 'vitest'
import { passwordStrength } from '@/domain/passwordStrength'

it.each([
  ['', 'too-short'],
  ['x7!kQ2z?a', 'too-short'],
  ['aaaaaaaaaaaaaaaa', 'weak'],
  ['abcdefghijklmnop', 'weak'],
  ['1234567890123', 'weak'],
  ['password123', 'weak'],
  ['Password2024!', 'fair'],
  ['correct horse battery staple', 'strong'],
  ['x7!kQ2z?aP0w', 'strong'],
  ['schöne grüße aus köln', 'strong'],
  ['日本語のとても長い合言葉です', 'strong'],
])('%s is %s', (password, strength) => expect(passwordStrength(password)).toBe(strength))
