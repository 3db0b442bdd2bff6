/** The web server of the embedded market. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { securityHeaders } from '../../../dev/headers'
import { startAppServer, type RunningServer } from '../../../dev/server'

const PAGE = '<!doctype html><title>Souk</title>'
const outside = mkdtempSync(join(tmpdir(), 'souk-server-'))
const folder = join(outside, 'dist')
let server: RunningServer

beforeAll(async () => {
  mkdirSync(join(folder, 'assets'), { recursive: true })
  writeFileSync(join(outside, 'secret.txt'), 'secret')
  writeFileSync(join(folder, 'index.html'), PAGE)
  writeFileSync(join(folder, 'assets/app-1.js'), 'export {}')
  const config = { type: 'application/json; charset=utf-8', body: '{}', cache: 'no-store' }
  const made = (path: string) => (path === '/config.json' ? config : null)
  server = await startAppServer({ port: 0, host: '127.0.0.1', folder, made })
})

afterAll(async () => {
  await server.close()
  rmSync(outside, { recursive: true })
})

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(server.url + path, { headers })

/** Asks for a path exactly as written: fetch would tidy it up first. */
const getRaw = (path: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const { port } = server
    request({ host: '127.0.0.1', port, path, headers: { accept: 'text/html' } }, (response) => {
      let text = ''
      response.on('data', (data: Buffer) => (text += data.toString()))
      response.on('end', () => resolve(text))
    })
      .on('error', reject)
      .end()
  })

describe('the app server', () => {
  it('serves pages, whatever their address, from index.html', async () => {
    const html = { accept: 'text/html,*/*' }
    for (const path of ['/', '/cart', '/product/30018:ab:with.dots']) {
      const response = await get(path, html)
      expect(response.status).toBe(200)
      expect(await response.text()).toBe(PAGE)
    }
  })

  it('serves files with their type, and assets to be kept for good', async () => {
    const response = await get('/assets/app-1.js')
    expect(response.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
    expect(response.headers.get('cache-control')).toContain('immutable')
    expect(response.headers.get('content-encoding')).toBe('gzip')
    expect((await get('/')).headers.get('cache-control')).toBe('no-cache')
  })

  it('does not answer for a missing file with a page', async () => {
    expect((await get('/assets/gone.js', { accept: 'text/html' })).status).toBe(404)
    expect((await get('/favicon.ico', { accept: 'image/*' })).status).toBe(404)
  })

  it('serves files made at run time', async () => {
    const response = await get('/config.json')
    expect(await response.json()).toEqual({})
    expect(response.headers.get('cache-control')).toBe('no-store')
  })

  it('protects everything that it serves with headers', async () => {
    const paths = ['/', '/assets/app-1.js', '/config.json', '/no/such/file.txt']
    for (const path of paths) {
      const { headers } = await get(path)
      for (const [name, value] of Object.entries(securityHeaders('embedded'))) {
        expect(headers.get(name), `${name} of ${path}`).toBe(value)
      }
    }
  })

  it('never leaves its folder', async () => {
    const paths = [
      '/../secret.txt',
      '/..%2fsecret.txt',
      '/assets/..%2f..%2fsecret.txt',
      '//../secret.txt',
    ]
    for (const path of paths) expect(await getRaw(path)).not.toBe('secret')
    expect((await get('/%ff')).status).toBe(400)
  })

  it('answers only GET and HEAD', async () => {
    expect((await fetch(server.url, { method: 'POST' })).status).toBe(405)
    const head = await fetch(server.url, { method: 'HEAD' })
    expect(head.status).toBe(200)
    expect(await head.text()).toBe('')
  })
})
