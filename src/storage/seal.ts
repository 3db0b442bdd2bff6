/** Seals a record's text under a key of 32 bytes: who reads the storage without it learns nothing. */
import { xchacha20poly1305 } from '@noble/ciphers/chacha.js'
import { utf8ToBytes } from '@noble/hashes/utils.js'
import { fail, ok, type Result } from '@/domain/result'

const NONCE_BYTES = 24

export interface Seal {
  /** The name is authenticated: a record copied to another place does not open there. */
  close(name: string, text: string): string
  open(name: string, sealed: string): Result<string>
  /** Overwrites the key. Nothing can be opened or closed after. */
  forget(): void
}

/** In slices, because a function takes only so many arguments. */
function toBase64(bytes: Uint8Array): string {
  let binary = ''
  for (let at = 0; at < bytes.length; at += 0x8000) {
    binary += String.fromCharCode(...bytes.subarray(at, at + 0x8000))
  }
  return btoa(binary)
}

const fromBase64 = (text: string): Uint8Array =>
  Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))

function assertNotForgotten(forgotten: boolean): void {
  if (forgotten) throw new Error('The key of these records is not in memory any more.')
}

/** XChaCha20-Poly1305; each text gets a random nonce, which its length makes safe. */
export function createSeal(given: Uint8Array): Seal {
  const key = Uint8Array.from(given)
  let forgotten = false
  return {
    close(name, text) {
      assertNotForgotten(forgotten)
      const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES))
      const sealed = xchacha20poly1305(key, nonce, utf8ToBytes(name)).encrypt(utf8ToBytes(text))
      const bytes = new Uint8Array(NONCE_BYTES + sealed.length)
      bytes.set(nonce)
      bytes.set(sealed, NONCE_BYTES)
      return toBase64(bytes)
    },
    open(name, sealed) {
      assertNotForgotten(forgotten)
      try {
        const bytes = fromBase64(sealed)
        const nonce = bytes.subarray(0, NONCE_BYTES)
        const cipher = xchacha20poly1305(key, nonce, utf8ToBytes(name))
        return ok(new TextDecoder().decode(cipher.decrypt(bytes.subarray(NONCE_BYTES))))
      } catch {
        return fail('it cannot be opened with this key')
      }
    },
    forget() {
      forgotten = true
      key.fill(0)
    },
  }
}
