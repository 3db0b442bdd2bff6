/** The files that the embedded market makes at run time: its configuration and its pictures. */
import { drawPicture } from './catalogue/pictures/pictures'
import type { ServedFile } from './server'

const PICTURE = /^\/pictures\/([a-z0-9-]+)\.svg$/

/** Answers `/config.json` and `/pictures/<name>.svg`, and null for anything else. */
export const marketFiles =
  (config: () => unknown) =>
  (path: string): ServedFile | null => {
    if (path === '/config.json') {
      const body = JSON.stringify(config(), null, 2)
      return { type: 'application/json; charset=utf-8', body, cache: 'no-store' }
    }
    const drawing = drawPicture(PICTURE.exec(path)?.[1] ?? '')
    return drawing === null
      ? null
      : { type: 'image/svg+xml; charset=utf-8', body: drawing, cache: 'public, max-age=3600' }
  }
