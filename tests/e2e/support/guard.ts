/** Watches every page of a test: a clean console, and no request that leaves this machine. */
import { expect, type BrowserContext, type Page } from '@playwright/test'

const LOCAL = new Set(['127.0.0.1', 'localhost'])
const INSIDE = new Set(['data:', 'blob:', 'about:'])

function staysHere(address: string): boolean {
  const { protocol, hostname } = new URL(address)
  return INSIDE.has(protocol) || LOCAL.has(hostname)
}

export interface Guard {
  watch(context: BrowserContext): void
  /** Lets console lines pass that the browser itself writes about a fault which a test causes. */
  allow(line: RegExp): void
  /** Fails for everything that was noticed. */
  check(): void
}

export function createGuard(): Guard {
  const problems: string[] = []
  const allowed: RegExp[] = []
  const note = (problem: string) => {
    if (!allowed.some((line) => line.test(problem))) problems.push(problem)
  }
  const visit = (address: string) => {
    if (!staysHere(address)) problems.push(`left this machine: ${address}`)
  }
  const watchSockets = (page: Page) => page.on('websocket', (socket) => visit(socket.url()))

  return {
    watch(context) {
      context.on('console', (message) => {
        if (['warning', 'error', 'assert'].includes(message.type())) note(message.text())
      })
      context.on('weberror', (thrown) => note(String(thrown.error())))
      context.on('request', (request) => visit(request.url()))
      context.on('page', watchSockets)
      context.pages().forEach(watchSockets)
    },
    allow: (line) => void allowed.push(line),
    check: () => expect(problems, 'console lines and outside requests').toEqual([]),
  }
}
