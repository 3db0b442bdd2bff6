/** Watches every page of a test: a clean console, no breach of the policy, no foreign request. */
import { expect, type BrowserContext, type Dialog, type Page } from '@playwright/test'
import { readConfiguration } from './configuration'

const INSIDE = new Set(['data:', 'blob:', 'about:'])
const ADDRESSES = /\b(?:https?|wss?):\/\/[^\s"'<>&,]+/g
/** What a page writes to its console for a breach of the Content-Security-Policy. */
const BREACH = '[breach of the policy]'

/** `ws:` and `http:` of one host and port are one place. */
const placeOf = (address: string): string => {
  const { protocol, host, hostname, port } = new URL(address)
  const secure = protocol === 'https:' || protocol === 'wss:'
  return port ? host : `${hostname}:${secure ? 443 : 80}`
}

export interface Guard {
  watch(context: BrowserContext): Promise<void>
  /** Lets console lines pass that the browser itself writes about a fault which a test causes. */
  allow(line: RegExp): void
  /** Lets requests go to a host that the app's configuration does not name. */
  allowHost(address: string): void
  /** Fails for everything that was noticed. */
  check(): Promise<void>
}

/** Every address in the configuration that the app was given, those inside of other texts too. */
async function configuredPlaces(appUrl: string): Promise<string[]> {
  const text = decodeURIComponent(await readConfiguration(appUrl))
  return [appUrl, ...(text.match(ADDRESSES) ?? [])].filter((url) => URL.canParse(url)).map(placeOf)
}

/** Runs in the page. */
function reportBreaches(mark: string): void {
  document.addEventListener('securitypolicyviolation', (event) => {
    const { effectiveDirective, blockedURI, sourceFile, lineNumber, sample } = event
    console.error(mark, effectiveDirective, blockedURI, `${sourceFile}:${lineNumber}`, sample)
  })
}

export function createGuard(appUrl: string): Guard {
  const problems: string[] = []
  const visited = new Set<string>()
  const allowed: RegExp[] = []
  const allowedPlaces = new Set<string>()
  const note = (problem: string) => {
    const excused = !problem.startsWith(BREACH) && allowed.some((line) => line.test(problem))
    if (!excused) problems.push(problem)
  }

  /** A dialog would stop the page; only the browser's own question before leaving is no surprise. */
  async function endDialog(dialog: Dialog): Promise<void> {
    if (dialog.type() === 'beforeunload') return dialog.accept()
    problems.push(`a dialog opened: ${dialog.type()} ${dialog.message()}`)
    await dialog.dismiss()
  }
  const watchPage = (page: Page) => {
    page.on('websocket', (socket) => visited.add(socket.url()))
    page.on('dialog', (dialog) => void endDialog(dialog))
  }

  async function foreignRequests(): Promise<string[]> {
    const places = new Set([...(await configuredPlaces(appUrl)), ...allowedPlaces])
    return [...visited].filter((address) => {
      return !INSIDE.has(new URL(address).protocol) && !places.has(placeOf(address))
    })
  }

  return {
    async watch(context) {
      context.on('console', (message) => {
        if (['warning', 'error', 'assert'].includes(message.type())) note(message.text())
      })
      context.on('weberror', (thrown) => note(String(thrown.error())))
      context.on('request', (request) => visited.add(request.url()))
      context.on('page', watchPage)
      context.pages().forEach(watchPage)
      await context.addInitScript(reportBreaches, BREACH)
    },
    allow: (line) => void allowed.push(line),
    allowHost: (address) => void allowedPlaces.add(placeOf(address)),
    async check() {
      expect(problems, 'console, errors, policy and dialogs').toEqual([])
      expect(await foreignRequests(), 'requests to hosts that are not configured').toEqual([])
    },
  }
}
