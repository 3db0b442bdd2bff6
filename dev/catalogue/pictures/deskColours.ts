/** Colours that the pictures of the desk stall share. */

export const INK = '#2c3446'
export const SAFFRON = '#e2932f'
export const PAPER = '#f3eee2'
export const CORAL = '#d0604a'
