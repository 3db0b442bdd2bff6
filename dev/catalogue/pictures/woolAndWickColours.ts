/** Colours that the pictures of the wool and wick stall share. */

export const WINE = '#8c3a48'
export const OAT = '#ead9b8'
export const MUSTARD = '#d49a3a'
export const PLUM = '#5c3a58'
export const WAX = '#efbe62'
