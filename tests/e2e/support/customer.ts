/** Who buys in the browser tests. None of these words may ever lie in storage in clear. */
export const CUSTOMER = {
  name: 'Grace Brewster',
  address: '7 Harbour Lane\nGalway H91 X2Y3\nIreland',
  message: 'Please wrap it well.',
} as const
