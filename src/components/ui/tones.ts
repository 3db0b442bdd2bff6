/** The tones that badges and notices share: what a colour means, never which colour it is. */
export type Tone = 'neutral' | 'info' | 'success' | 'warning' | 'danger'

/** Soft background with a readable foreground, by tone. */
export const SOFT_TONE: Readonly<Record<Tone, string>> = {
  neutral: 'bg-sunken text-muted',
  info: 'bg-sunken text-ink',
  success: 'bg-success-soft text-success',
  warning: 'bg-warning-soft text-warning',
  danger: 'bg-danger-soft text-danger',
}
