/** Keeps events in a file of JSON lines that only ever grows, and reads them back at the start. */
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { parseEvent, trustVerified, type VerifiedEvent } from '@/protocol/event'

export interface Journal {
  /** What was written before. Lines that cannot be read, such as a cut last one, are left out. */
  readonly earlier: readonly VerifiedEvent[]
  append(event: VerifiedEvent): void
  close(): void
}

function readLine(line: string): VerifiedEvent[] {
  try {
    const parsed = parseEvent(JSON.parse(line))
    return parsed.ok ? [trustVerified(parsed.value)] : []
  } catch {
    return []
  }
}

/** Opens the file, making it and its folder where they are missing. Throws if it cannot. */
export function openJournal(path: string): Journal {
  mkdirSync(dirname(path), { recursive: true })
  const text = existsSync(path) ? readFileSync(path, 'utf8') : ''
  const descriptor = openSync(path, 'a')
  // Without this the next event would be glued to a line that a crash has cut.
  if (text !== '' && !text.endsWith('\n')) writeSync(descriptor, '\n')
  return {
    earlier: text.split('\n').flatMap(readLine),
    append: (event) => writeSync(descriptor, `${JSON.stringify(event)}\n`),
    close: () => closeSync(descriptor),
  }
}
