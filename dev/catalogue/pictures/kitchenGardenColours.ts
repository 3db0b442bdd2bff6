/** Colours that the pictures of the kitchen garden stall share. */

export const FOREST = '#35604d'
export const WOOD = '#b77e4b'
export const STEEL = '#b9c1c6'
export const PAPER = '#f5ecd6'
