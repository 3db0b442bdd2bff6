/** One HTTP request to an LNbits server: key, deadline, checked answer, problems in words. */
import type * as v from 'valibot'
import { fail, ok, type Result } from '@/domain/result'
import type { WalletProblem } from '@/domain/wallet'
import { parseWith } from '@/protocol/json'
import { badAnswer, detailOf, explainRefusal, timedOut, unreachable } from './lnbitsErrors'

export interface LnbitsAccess {
  /** Where LNbits is opened, such as `https://pay.example.org`; a path is kept. */
  readonly url: string
  /** The invoice/read key. Public calls need none. Never an admin key. */
  readonly invoiceKey?: string
  readonly fetch?: typeof globalThis.fetch
  /** Milliseconds until a request counts as unanswered. Default 15,000. */
  readonly timeoutMs?: number
}

export interface LnbitsRequest<T> {
  readonly method: 'GET' | 'POST'
  /** From `/api` on. */
  readonly path: string
  readonly body?: unknown
  readonly answer: v.GenericSchema<unknown, T>
  readonly signal?: AbortSignal
}

const DEFAULT_TIMEOUT_MS = 15_000

/** The server's base without a slash at its end, or null for a text that is no web address. */
export function baseUrl(url: string): URL | null {
  try {
    const base = new URL(url.trim())
    base.pathname = base.pathname.replace(/\/+$/, '')
    base.search = ''
    base.hash = ''
    return /^https?:$/.test(base.protocol) ? base : null
  } catch {
    return null
  }
}

/** The full address of a path below the base. */
export const joinUrl = (base: URL, path: string): string =>
  `${base.origin}${base.pathname.replace(/\/$/, '')}${path}`

const notAnAddress = (url: string): WalletProblem => ({
  code: 'unreachable',
  message: `"${url.slice(0, 80)}" is not a web address. Enter the address you open LNbits with, such as https://pay.example.org.`,
  retryable: false,
})

/** Aborts after the deadline or with the caller's signal, and says whether it was the deadline. */
function deadline(timeoutMs: number, signal?: AbortSignal) {
  const controller = new AbortController()
  const state = { passed: false }
  const timer = setTimeout(() => {
    state.passed = true
    controller.abort()
  }, timeoutMs)
  const abort = () => controller.abort()
  if (signal?.aborted) abort()
  signal?.addEventListener('abort', abort, { once: true })
  const end = () => {
    clearTimeout(timer)
    signal?.removeEventListener('abort', abort)
  }
  return { signal: controller.signal, state, end }
}

function requestInit<T>(request: LnbitsRequest<T>, key: string | undefined): RequestInit {
  const headers: Record<string, string> = { accept: 'application/json' }
  if (key) headers['X-API-KEY'] = key
  if (request.body !== undefined) headers['content-type'] = 'application/json'
  return {
    method: request.method,
    headers,
    body: request.body === undefined ? undefined : JSON.stringify(request.body),
    credentials: 'omit',
    referrerPolicy: 'no-referrer',
    cache: 'no-store',
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Names the field that does not fit, without the words of the schema. */
const misfit = (reason: string): string => {
  const field = /^([\w.]{1,40}): /.exec(reason)?.[1]
  return field ? `its "${field}" is missing or of another kind` : 'in another form'
}

function readAnswer<T>(
  host: string,
  response: { readonly ok: boolean; readonly status: number },
  text: string,
  schema: v.GenericSchema<unknown, T>,
): Result<T, WalletProblem> {
  const body = parseJson(text)
  if (!response.ok) {
    return fail(explainRefusal({ host, status: response.status, detail: detailOf(body) }))
  }
  if (body === undefined) return fail(badAnswer(host, 'not JSON'))
  const parsed = parseWith(schema, body)
  return parsed.ok ? ok(parsed.value) : fail(badAnswer(host, misfit(parsed.reason)))
}

/** Sends one request and resolves with the checked answer or a problem in words. Never rejects. */
export async function askLnbits<T>(
  access: LnbitsAccess,
  request: LnbitsRequest<T>,
): Promise<Result<T, WalletProblem>> {
  const base = baseUrl(access.url)
  if (!base) return fail(notAnAddress(access.url))
  const timeoutMs = access.timeoutMs ?? DEFAULT_TIMEOUT_MS
  const limit = deadline(timeoutMs, request.signal)
  const send = access.fetch ?? ((input, init) => globalThis.fetch(input, init))
  try {
    const init = { ...requestInit(request, access.invoiceKey), signal: limit.signal }
    const response = await send(joinUrl(base, request.path), init)
    return readAnswer(base.host, response, await response.text(), request.answer)
  } catch {
    return fail(limit.state.passed ? timedOut(base.host, timeoutMs / 1000) : unreachable(base.host))
  } finally {
    limit.end()
  }
}
