/** The app as its sources stand, reloaded as they change, in place of the built one. */
import { fileURLToPath } from 'node:url'
import { createServer } from 'vite'
import type { RunningServer } from './server'

const PROJECT = fileURLToPath(new URL('..', import.meta.url))

/** Lets Vite answer for the app. Resolves with what ends it. */
export async function serveSources(server: RunningServer): Promise<() => Promise<void>> {
  const vite = await createServer({
    root: PROJECT,
    logLevel: 'warn',
    clearScreen: false,
    server: { middlewareMode: true, hmr: { server: server.http } },
  })
  server.delegate((request, response) => {
    vite.middlewares(request, response, () => response.writeHead(404).end())
  })
  return () => vite.close()
}
