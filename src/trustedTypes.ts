/** The page's only rule for Trusted Types: scripts of this app may start, and nothing else may. */

interface PolicyRules {
  readonly createScriptURL: (address: string) => string
}

declare global {
  interface Window {
    readonly trustedTypes?: { createPolicy(name: 'default', rules: PolicyRules): unknown }
  }
}

/** The build puts every script here; the development server serves sources from everywhere. */
const isOwnScript = ({ origin, pathname }: URL): boolean =>
  origin === location.origin && pathname.startsWith('/assets/')

/** Answers for addresses that are handed to `new Worker` and the like. Throws for foreign ones. */
export function ownScriptUrl(address: string): string {
  if (isOwnScript(new URL(address, location.href))) return address
  throw new TypeError(`This script is not part of the app: ${address}`)
}

/**
 * Makes the policy that the browser asks for every plain text at a place where scripts could come
 * in. Without createHTML and createScript, texts are refused there altogether.
 */
export function installTrustedTypes(): void {
  window.trustedTypes?.createPolicy('default', { createScriptURL: ownScriptUrl })
}
