/** A signing extension (NIP-07) for a page, with real keys and real cryptography outside of it. */
import type { BrowserContext } from '@playwright/test'
import * as nip04 from 'nostr-tools/nip04'
import { finalizeEvent, type EventTemplate } from 'nostr-tools/pure'
import type { Person } from '../../factories/people'

export interface FakeExtension {
  /** While true, the person says no to everything that the page asks for. */
  declines: boolean
  /** While true, it answers nothing. */
  isSilent: boolean
  /** The account that it works for; the person may switch. */
  account: Person
}

/** What the page sees. Runs in the browser, so it may use nothing from outside of itself. */
function inject(): void {
  const call = (name: string, ...args: unknown[]): Promise<unknown> =>
    (window as unknown as Record<string, (...given: unknown[]) => Promise<unknown>>)[
      `extension_${name}`
    ]!(...args)
  Object.assign(window, {
    nostr: {
      getPublicKey: () => call('getPublicKey'),
      signEvent: (event: unknown) => call('signEvent', event),
      nip04: {
        encrypt: (peer: string, text: string) => call('encrypt', peer, text),
        decrypt: (peer: string, text: string) => call('decrypt', peer, text),
      },
    },
  })
}

/** Installs the extension for every page that the context opens from now on. */
export async function installExtension(
  context: BrowserContext,
  person: Person,
): Promise<FakeExtension> {
  const extension: FakeExtension = { declines: false, isSilent: false, account: person }
  const key = () => extension.account.secretKey
  const offer = <Args extends unknown[]>(name: string, answer: (...args: Args) => unknown) =>
    context.exposeFunction(`extension_${name}`, (...args: Args) => {
      if (extension.declines) throw new Error('User rejected')
      if (extension.isSilent) return new Promise<never>(() => undefined)
      return answer(...args)
    })
  await offer('getPublicKey', () => extension.account.pubkey)
  await offer('signEvent', (event: EventTemplate) => finalizeEvent(event, key()))
  await offer('encrypt', (peer: string, text: string) => nip04.encrypt(key(), peer, text))
  await offer('decrypt', (peer: string, text: string) => nip04.decrypt(key(), peer, text))
  await context.addInitScript(inject)
  return extension
}
