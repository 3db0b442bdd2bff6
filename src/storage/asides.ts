/** Records that could not be read and were moved aside: listed, handed out, removed. */
import * as v from 'valibot'
import { parseWith } from './schemas'
import { keysWith } from './storageArea'

const ASIDE = 'souk:aside:'

/** A record that could not be read. */
export interface Aside {
  /** Where it lies now. */
  readonly asideKey: string
  /** Where it was. */
  readonly key: string
  readonly reason: string
  /** The record as it was found. */
  readonly text: string
}

const parseAside = parseWith(v.object({ key: v.string(), reason: v.string(), text: v.string() }))

/** Null when there is none, or when even its cover cannot be read. */
function readAside(area: Storage, asideKey: string): Aside | null {
  try {
    const aside = parseAside(JSON.parse(area.getItem(asideKey) ?? ''))
    return aside.ok ? { asideKey, ...aside.value } : null
  } catch {
    return null
  }
}

/** All records that were moved aside. One whose cover is damaged is listed with all that is left. */
export const listAsides = (area: Storage): readonly Aside[] =>
  keysWith(area, ASIDE)
    .sort()
    .map(
      (asideKey) =>
        readAside(area, asideKey) ?? {
          asideKey,
          key: asideKey.slice(ASIDE.length),
          reason: 'it is damaged',
          text: area.getItem(asideKey) ?? '',
        },
    )
