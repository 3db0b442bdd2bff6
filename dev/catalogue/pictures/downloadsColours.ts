/** Colours that the pictures of the downloads stall share. */

export const GRAPE = '#5b4480'
export const TEAL = '#2f7f86'
export const CORAL = '#e2735b'
export const CREAM = '#f8f0de'
export const SLATE = '#2c2b3c'
