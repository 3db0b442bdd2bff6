/** Dumps the storage after every navigation and at the end of every test: no secret, no clear address. */
import { expect, type BrowserContext, type Page } from '@playwright/test'
import { getPublicKey } from 'nostr-tools/pure'
import { readConfiguration } from './configuration'
import { storageDump, textOf } from './storageDump'

export interface AtRestGuard {
  watch(context: BrowserContext): void
  /** One more word that must never be stored in clear. */
  forbid(word: string): void
  /** Looks at what the pages of a context keep now. Call it before the context closes. */
  look(context: BrowserContext): Promise<void>
  /** Fails for everything that was found. */
  check(): Promise<void>
}

const HEX = /[0-9a-f]{64}/g
const NSEC = /nsec1[02-9ac-hj-np-z]{20,}/

/** The secrets in the configuration of the embedded market: keys, invoice keys, wallet connections. */
async function configuredSecrets(appUrl: string): Promise<string[]> {
  const text = await readConfiguration(appUrl)
  const named = [...text.matchAll(/"(?:secretKey|invoiceKey)":\s*"([^"]+)"/g)].map(([, one]) => one)
  const wallets = [...text.matchAll(/secret=([0-9a-f]{64})/g)].map(([, one]) => one)
  return [...named, ...wallets].filter((one) => one !== undefined)
}

const publicKeys = new Map<string, string | null>()

function publicKeyOf(hex: string): string | null {
  const known = publicKeys.get(hex)
  if (known !== undefined) return known
  let made: string | null = null
  try {
    made = getPublicKey(Uint8Array.from(Buffer.from(hex, 'hex')))
  } catch {
    made = null
  }
  publicKeys.set(hex, made)
  return made
}

/** A number of 32 bytes whose public key lies beside it is that identity's secret key. */
function secretKeysIn(text: string): string[] {
  const numbers = new Set(text.match(HEX) ?? [])
  return [...numbers].filter((hex) => {
    const key = publicKeyOf(hex)
    return key !== null && numbers.has(key)
  })
}

export function createAtRestGuard(appUrl: string, words: readonly string[]): AtRestGuard {
  const dumps = new Set<string>()
  const looking = new Set<Promise<void>>()
  const forbidden = [...words]

  async function dump(page: Page): Promise<void> {
    // A page that is closing or on its way elsewhere has nothing to say; the next one has.
    const taken = await storageDump(page).catch(() => null)
    if (taken) dumps.add(textOf(taken))
  }
  /** One look at a time: several navigations during one are followed by one more look. */
  function follow(page: Page): void {
    let navigated = false
    let busy = false
    async function lookUntilSettled(): Promise<void> {
      busy = true
      while (navigated) {
        navigated = false
        await dump(page)
      }
      busy = false
    }
    page.on('framenavigated', (frame) => {
      if (frame !== page.mainFrame() || !frame.url().startsWith('http')) return
      navigated = true
      if (busy) return
      const look = lookUntilSettled().finally(() => looking.delete(look))
      looking.add(look)
    })
  }

  return {
    watch(context) {
      context.on('page', follow)
      context.pages().forEach(follow)
    },
    forbid: (word) => void forbidden.push(word),
    async look(context) {
      await Promise.all(context.pages().map(dump))
      await Promise.all(looking)
    },
    async check() {
      const secrets = [...forbidden, ...(await configuredSecrets(appUrl))]
      for (const text of dumps) {
        const found = secrets.filter((secret) => text.includes(secret))
        expect(found, 'secrets and clear words in the storage').toEqual([])
        expect(secretKeysIn(text), 'secret keys in the storage').toEqual([])
        expect(text, 'an nsec in the storage').not.toMatch(NSEC)
        expect(text, 'a key that comes out').not.toContain('extractable: true')
      }
    },
  }
}
