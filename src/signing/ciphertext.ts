/** The outer shape of NIP-04 and NIP-44 ciphertexts, checked without any key. */

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/
const BLOCK = 16

/** NIP-44 writes longer texts in a form that many clients refuse. */
export const NIP44_MAX_BYTES = 65_535
/** Characters of the longest NIP-44 payload that is read; NIP-44 itself would allow four gigabytes. */
export const NIP44_MAX_PAYLOAD = 256 * 1024
// Version, nonce, two bytes of length, the least padding, and the MAC.
const NIP44_MIN_BYTES = 1 + 32 + 2 + 32 + 32

export const byteLength = (text: string): number => new TextEncoder().encode(text).length

function decodedLength(base64: string): number | null {
  if (!BASE64.test(base64)) return null
  const padding = base64.endsWith('==') ? 2 : base64.endsWith('=') ? 1 : 0
  return (base64.length / 4) * 3 - padding
}

/** The ciphertext's length in bytes, or null where this is not `base64?iv=base64` in whole blocks. */
function nip04Bytes(text: string): number | null {
  const [body = '', iv = '', ...rest] = text.split('?iv=')
  const length = decodedLength(body)
  if (rest.length > 0 || !length || length % BLOCK !== 0) return null
  return decodedLength(iv) === BLOCK ? length : null
}

/** True for something that could be a NIP-04 message. */
export const isNip04Text = (text: string): boolean => nip04Bytes(text) !== null

/** True when this could be the NIP-04 ciphertext of a plaintext: its padding fixes its length. */
export const couldEncryptNip04 = (ciphertext: string, plaintext: string): boolean =>
  nip04Bytes(ciphertext) === (Math.floor(byteLength(plaintext) / BLOCK) + 1) * BLOCK

/** True for something that could be a NIP-44 version 2 payload. */
export function isNip44Text(text: string): boolean {
  if (text.length > NIP44_MAX_PAYLOAD) return false
  const length = decodedLength(text)
  if (length === null || length < NIP44_MIN_BYTES) return false
  return atob(text.slice(0, 4)).charCodeAt(0) === 2
}

/** True when this could be the NIP-44 payload of a plaintext. */
export const couldEncryptNip44 = (ciphertext: string, plaintext: string): boolean =>
  isNip44Text(ciphertext) && (decodedLength(ciphertext) ?? 0) > byteLength(plaintext)
