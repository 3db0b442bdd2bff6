/** The configuration that the app of a test was given, as the guards need it. */

/**
 * Its text; empty where there is none. A connection that is kept from an earlier request may have
 * gone stale meanwhile, so a request that fails is made once more.
 */
export async function readConfiguration(appUrl: string): Promise<string> {
  const ask = () => fetch(new URL('/config.json', appUrl))
  const response = await ask().catch(ask)
  return response.ok ? response.text() : ''
}
