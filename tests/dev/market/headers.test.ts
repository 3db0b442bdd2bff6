/** Every way of serving the app sends the same headers, and they allow no more than they must. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { contentSecurityPolicy, securityHeaders } from '../../../dev/headers'

const PROJECT = fileURLToPath(new URL('../../..', import.meta.url))
const read = (path: string) => readFileSync(join(PROJECT, path), 'utf8')
const onTheWeb = Object.entries(securityHeaders('web'))
const directives = (policy: string) =>
  new Map(policy.split('; ').map((part) => [part.split(' ')[0]!, part.split(' ').slice(1)]))

describe('the headers', () => {
  it('stand in _headers', () => {
    const [everywhere = ''] = read('public/_headers').split('\n/assets/*')
    const lines = everywhere.split('\n').map((line) => line.trim())
    const written = lines.filter((line) => /^[A-Z].*: /.test(line) && !/^Cache/.test(line))
    expect(written).toEqual(onTheWeb.map(([name, value]) => `${name}: ${value}`))
  })

  it('stand in the examples for nginx and Caddy', () => {
    const guide = read('docs/deploying.md')
    const part = (language: string) => guide.split(`\`\`\`${language}\n`)[1]!.split('```')[0]!
    const values = (text: string, line: RegExp) =>
      [...text.matchAll(line)].map(([, name, value]) => [name, value])
    const nginx = values(part('nginx'), /^ +add_header (\S+) "([^"]+)" always;$/gm)
    const caddy = values(part('caddy'), /^ {4}([A-Z]\S+) "([^"]+)"$/gm)
    expect(nginx).toEqual(onTheWeb)
    expect(caddy).toEqual(onTheWeb)
  })

  it.each(['web', 'embedded'] as const)('allow nothing inline and no eval (%s)', (place) => {
    const policy = contentSecurityPolicy(place)
    expect(policy).not.toMatch(/unsafe|strict-dynamic|nonce/)
    const of = directives(policy)
    expect(of.get('default-src')).toEqual(["'none'"])
    expect(of.get('script-src')).toEqual(["'self'"])
    expect(of.get('style-src')).toEqual(["'self'"])
    for (const name of ['object-src', 'base-uri', 'form-action', 'frame-ancestors']) {
      expect(of.get(name)).toEqual(["'none'"])
    }
    expect(of.get('require-trusted-types-for')).toEqual(["'script'"])
    expect(of.get('trusted-types')).toEqual(['vue', 'default'])
  })

  it('open the ports of this machine only to the embedded market', () => {
    expect(contentSecurityPolicy('web')).not.toMatch(/\b(http|ws):|127\.0\.0\.1|localhost/)
    const beyond = [...directives(contentSecurityPolicy('embedded')).values()]
      .flat()
      .filter((source) => /^(http|ws):/.test(source))
    expect(beyond.length).toBeGreaterThan(0)
    for (const source of beyond) expect(source).toMatch(/:\/\/(127\.0\.0\.1|localhost):\*$/)
  })
})
