/** The wool and wick stall: things that keep a room warm, priced in US dollars. */
import type { DemoStall } from '../types'

export const woolAndWickStall: DemoStall = {
  id: 'wool-and-wick',
  name: 'Wool & Wick',
  description:
    'Warm things for cold rooms: woven lambswool, poured wax, cold-pressed soap and a basket to keep them in.',
  currency: 'USD',
  zones: [
    { id: 'wick-us', name: 'United States', cost: 6, countries: ['United States'] },
    { id: 'wick-canada', name: 'Canada and Mexico', cost: 11.5, countries: ['Canada', 'Mexico'] },
    { id: 'wick-world', name: 'Rest of the world', cost: 19, countries: ['Worldwide'] },
  ],
  products: [
    {
      id: 'beeswax-candle',
      name: 'Beeswax pillar candle',
      description:
        'Poured from pure beeswax that smells faintly of honey when it is lit. Burns for two long weekends if the wick is kept short. The dish is not included.',
      pictures: ['beeswax-candle'],
      price: 18.5,
      quantity: 40,
      categories: ['home', 'candles'],
      specs: [
        ['Burns for', 'About 45 hours'],
        ['Height', '14 cm'],
      ],
      zoneCosts: { 'wick-world': 1.5 },
    },
    {
      id: 'lambswool-scarf',
      name: 'Lambswool scarf',
      description:
        'Woven in a small mill and washed soft before it leaves. Long enough to go round twice, light enough to forget about. In wine red, or in plum on request.',
      pictures: ['lambswool-scarf', 'lambswool-scarf-plum'],
      price: 59,
      quantity: 11,
      categories: ['clothing', 'wool'],
      specs: [
        ['Size', '190 × 30 cm'],
        ['Care', 'Wash by hand, dry flat'],
      ],
      zoneCosts: { 'wick-canada': 1, 'wick-world': 2.5 },
    },
    {
      id: 'soap-trio',
      name: 'Soap bars, three of them',
      description:
        'Oat, sage and rose clay, each cured for six weeks so that it lasts. Olive and coconut oil, nothing that foams without need.',
      pictures: ['soap-trio'],
      price: 21,
      quantity: 64,
      categories: ['home', 'soap'],
      specs: [
        ['Weight', '3 × 110 g'],
        ['Scent', 'Essential oils'],
      ],
      zoneCosts: { 'wick-world': 1 },
    },
    {
      id: 'willow-basket',
      name: 'Willow basket',
      description:
        'Woven from brown willow cut in winter and soaked in a stream. Carries apples, kindling or, as here, what you meant to knit. The yarn is for show.',
      pictures: ['willow-basket'],
      price: 74,
      quantity: 1,
      categories: ['home', 'garden'],
      specs: [
        ['Across', '38 cm'],
        ['Height', '24 cm without the handle'],
      ],
      zoneCosts: { 'wick-canada': 6, 'wick-world': 14 },
    },
    {
      id: 'wool-socks',
      name: 'Wool socks, two pairs',
      description:
        'Thick at the heel and toe, thin where the shoe bends. One pair mustard, one pair oat; socks have been known to go missing, so they can be mixed.',
      pictures: ['wool-socks'],
      price: 27.5,
      quantity: 22,
      categories: ['clothing', 'wool'],
      specs: [
        ['Sizes', 'EU 36 to 46: write yours in the note'],
        ['Wool', '80 %'],
      ],
      zoneCosts: { 'wick-world': 1 },
    },
    {
      id: 'wool-blanket',
      name: 'Wool blanket',
      description:
        'A heavy blanket for the end of the sofa. Two bands of colour, a short fringe, and enough weight to settle a restless cat.',
      pictures: ['wool-blanket'],
      price: 139,
      quantity: 5,
      categories: ['home', 'wool'],
      specs: [
        ['Size', '140 × 200 cm'],
        ['Weight', '1.6 kg'],
        ['Colours', 'Wine, oat or plum: say which'],
      ],
      zoneCosts: { 'wick-canada': 4, 'wick-world': 9 },
    },
    {
      id: 'dried-lavender',
      name: 'Dried lavender bunch',
      description:
        'Cut just before the flowers open and hung in the dark, so that it keeps its colour for a year. For a shelf, a drawer or a gift.',
      pictures: ['dried-lavender'],
      price: 12,
      quantity: null,
      categories: ['home', 'garden'],
      specs: [['Stems', 'About 80']],
      zoneCosts: {},
    },
  ],
}
