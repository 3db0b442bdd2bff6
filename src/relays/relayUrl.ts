/** Relay addresses: one spelling for each, so that a relay is never asked twice. */
import { fail, ok, type Result } from '@/domain/result'

/** Lower-case scheme and host, no fragment, no slash after a bare host. */
export function normaliseRelayUrl(text: string): Result<string> {
  const shown = text.trim().slice(0, 100)
  if (!URL.canParse(text.trim())) return fail(`"${shown}" is not a relay address`)
  const url = new URL(text.trim())
  if (url.protocol !== 'ws:' && url.protocol !== 'wss:') {
    return fail(`"${shown}" is not a relay address: it must start with wss:// or ws://`)
  }
  if (url.username || url.password) {
    return fail('A relay address must not contain a user name or password')
  }
  url.hash = ''
  return ok(url.pathname === '/' && !url.search ? url.href.replace(/\/$/, '') : url.href)
}

/** Normalised where possible, each once; what is no address stays as it is. */
export function distinctRelays(urls: readonly string[]): string[] {
  const spelled = urls.map((url) => {
    const normal = normaliseRelayUrl(url)
    return normal.ok ? normal.value : url
  })
  return [...new Set(spelled)]
}
