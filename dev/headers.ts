/** The headers that protect the page: one list for every way of serving it. */

/** Where the app is served: on the web, or beside the embedded market on this machine. */
export type Place = 'web' | 'embedded'

/** Ports of this machine that a page of the embedded market may speak to. */
const LOOPBACK = ['127.0.0.1:*', 'localhost:*']
const loopback = (place: Place, ...schemes: readonly string[]): string[] =>
  place === 'web' ? [] : schemes.flatMap((scheme) => LOOPBACK.map((host) => `${scheme}://${host}`))

/**
 * What the page may load, run and ask. Relays and wallets are anybody's, so any `wss:` and `https:`
 * may be spoken to; pictures come from where merchants keep them. `vue` is the policy of Vue for its
 * own templates, `default` the one of src/trustedTypes.ts, which lets workers of this origin start.
 */
export function contentSecurityPolicy(place: Place): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    ["img-src 'self' https: data: blob:", ...loopback(place, 'http')].join(' '),
    ["connect-src 'self' https: wss:", ...loopback(place, 'http', 'ws')].join(' '),
    "worker-src 'self'",
    "manifest-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types vue default',
  ].join('; ')
}

/** Devices and services that the app never uses, and so may never be asked for in its name. */
const UNUSED = [
  'accelerometer',
  'autoplay',
  'browsing-topics',
  'camera',
  'display-capture',
  'encrypted-media',
  'geolocation',
  'gyroscope',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'publickey-credentials-get',
  'screen-wake-lock',
  'serial',
  'usb',
  'xr-spatial-tracking',
]

/** Every header with its value, by name as it is usually written. */
export function securityHeaders(place: Place): Readonly<Record<string, string>> {
  return {
    'Content-Security-Policy': contentSecurityPolicy(place),
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Permissions-Policy': UNUSED.map((feature) => `${feature}=()`).join(', '),
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    // Without TLS it means nothing, and this machine has none.
    ...(place === 'web'
      ? { 'Strict-Transport-Security': 'max-age=63072000; includeSubDomains' }
      : {}),
  }
}
