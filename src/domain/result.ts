/** The answer of anything that reads the outside world: bad input is ordinary and never thrown. */
export type Result<T, R = string> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly reason: R }

/** A successful {@link Result}. */
export const ok = <T>(value: T): { readonly ok: true; readonly value: T } => ({ ok: true, value })

/** A refused {@link Result}, with the reason in words or as a closed code. */
export const fail = <R>(reason: R): { readonly ok: false; readonly reason: R } => ({
  ok: false,
  reason,
})
