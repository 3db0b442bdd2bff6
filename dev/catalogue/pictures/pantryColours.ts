/** Colours that the pictures of the pantry stall share. */

export const OLIVE = '#6d7a35'
export const PAPER = '#f4ead2'
export const INK = '#47381f'
