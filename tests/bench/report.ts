/** Figures as JSON lines: the median of all runs, and every run. */
export interface Figure {
  readonly name: string
  readonly value: number
  readonly unit: string
  readonly [detail: string]: unknown
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length / 2
  return (sorted[Math.floor(middle - 0.5)]! + sorted[Math.ceil(middle - 0.5)]!) / 2
}

const round = (value: number, digits: number): number => Number(value.toFixed(digits))

export const say = (figure: Figure): void => console.log(JSON.stringify(figure))

/** What goes on, for whoever watches. */
export const tell = (line: string): void => console.error(line)

/** One figure measured several times. */
export function sayMedian(
  name: string,
  unit: 'ms' | 'ratio',
  values: readonly number[],
  details: Readonly<Record<string, unknown>> = {},
): void {
  const digits = unit === 'ratio' ? 2 : 0
  const runs = values.map((value) => round(value, digits))
  say({ name, value: round(median(values), digits), unit, ...details, runs })
}
