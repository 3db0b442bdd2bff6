/** Carts of version 1, which had one date in seconds and no marks of removal. */

const isRecord = (data: unknown): data is Record<string, unknown> =>
  typeof data === 'object' && data !== null

const milliseconds = (seconds: unknown): unknown =>
  typeof seconds === 'number' ? seconds * 1000 : seconds

/** Gives every line the date of the cart's last change. What does not fit is left to the schema. */
export function migrateCart(data: unknown): unknown {
  if (!isRecord(data) || !Array.isArray(data.lines)) return data
  const updatedAt = milliseconds(data.updatedAt)
  const lines = data.lines.map((line: unknown, place) => {
    if (!isRecord(line)) return line
    const addedAt = milliseconds(line.addedAt)
    // Lines of one second keep their places.
    const placed = typeof addedAt === 'number' ? addedAt + place : addedAt
    return { ...line, addedAt: placed, changedAt: updatedAt }
  })
  return { ...data, updatedAt, zoneChangedAt: updatedAt, lines, removed: [] }
}
