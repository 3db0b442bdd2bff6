/** Makes a failing batch small: fewer inputs first, then shorter ones. */

type Fails = (inputs: readonly string[]) => Promise<boolean>

/** How often, and for how many milliseconds, a failure is tried again at most. */
const TRIES = 400
const MAX_MS = 15_000
/** A longer input is kept as it is. */
const MAX_SHRUNK = 50_000

/** Leaves out pieces of halving size for as long as the rest still fails. */
async function shrink<T>(
  whole: readonly T[],
  fails: (fewer: readonly T[]) => Promise<boolean>,
): Promise<readonly T[]> {
  let kept = whole
  for (let size = Math.ceil(kept.length / 2); size >= 1; size = Math.floor(size / 2)) {
    for (let at = 0; at < kept.length;) {
      const fewer = kept.toSpliced(at, size)
      if (fewer.length > 0 && (await fails(fewer))) kept = fewer
      else at += size
    }
  }
  return kept
}

/** The smallest inputs found that still fail. */
export async function smallest(
  inputs: readonly string[],
  fails: Fails,
): Promise<readonly string[]> {
  const end = performance.now() + MAX_MS
  let tries = 0
  const check = async (fewer: readonly string[]) =>
    tries++ < TRIES && performance.now() < end && (await fails(fewer))
  const few = await shrink(inputs, check)
  const [only] = few
  if (few.length !== 1 || only === undefined) return few
  const units =
    only.length > MAX_SHRUNK
      ? [only]
      : await shrink(only.split(''), (fewer) => check([fewer.join('')]))
  return [units.join('')]
}
