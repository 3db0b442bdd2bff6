/** The pottery stall: stoneware, priced in satoshi. */
import type { DemoStall } from '../types'

export const potteryStall: DemoStall = {
  id: 'saltmarsh-pottery',
  name: 'Saltmarsh Pottery',
  description:
    'Stoneware thrown by hand in a workshop behind the sea wall. Every glaze is mixed here, so no two pieces match exactly.',
  currency: 'sat',
  zones: [
    {
      id: 'pottery-home',
      name: 'Ireland and UK',
      cost: 4500,
      countries: ['Ireland', 'United Kingdom'],
    },
    {
      id: 'pottery-europe',
      name: 'Europe',
      cost: 9000,
      countries: [
        'Austria',
        'Belgium',
        'Czechia',
        'France',
        'Germany',
        'Italy',
        'Netherlands',
        'Spain',
      ],
    },
    { id: 'pottery-world', name: 'Rest of the world', cost: 19000, countries: ['Worldwide'] },
    { id: 'pottery-pickup', name: 'Pickup at the workshop', cost: 0, countries: ['Ireland'] },
  ],
  products: [
    {
      id: 'round-teapot',
      name: 'Round teapot',
      description:
        'A generous pot for four cups, with a spout that does not drip and a lid that stays on when you pour. The sage glaze breaks to iron at the foot. Also made in cobalt: say so in a note.',
      pictures: ['round-teapot', 'round-teapot-cobalt'],
      price: 64000,
      quantity: 6,
      categories: ['kitchen', 'pottery', 'tea'],
      specs: [
        ['Holds', '1.1 litres'],
        ['Material', 'Stoneware'],
        ['Dishwasher', 'Yes'],
      ],
      zoneCosts: { 'pottery-europe': 1500, 'pottery-world': 4000 },
    },
    {
      id: 'morning-mug',
      name: 'Morning mug',
      description:
        'Thick walls keep the coffee hot, and the handle fits four fingers. Bare clay at the foot gives it a good grip on a wet table.',
      pictures: ['morning-mug', 'morning-mug-sage'],
      price: 24000,
      quantity: 31,
      categories: ['kitchen', 'pottery', 'coffee'],
      specs: [
        ['Holds', '350 ml'],
        ['Material', 'Stoneware'],
      ],
      zoneCosts: { 'pottery-europe': 500, 'pottery-world': 1200 },
    },
    {
      id: 'noodle-bowl',
      name: 'Noodle bowl',
      description:
        'Deep enough for broth, wide enough for everything on top. The rim has a quiet double line of chalk slip under the cobalt.',
      pictures: ['noodle-bowl'],
      price: 32000,
      quantity: 14,
      categories: ['kitchen', 'pottery'],
      specs: [
        ['Across', '19 cm'],
        ['Holds', '900 ml'],
      ],
      zoneCosts: { 'pottery-europe': 800, 'pottery-world': 2000 },
    },
    {
      id: 'herb-pot',
      name: 'Herb pot and saucer',
      description:
        'An unglazed pot that lets roots breathe, with its own saucer. The right size for basil or rosemary on a windowsill. The plant stays with us.',
      pictures: ['herb-pot'],
      price: 28000,
      quantity: 9,
      categories: ['garden', 'pottery'],
      specs: [
        ['Across', '16 cm'],
        ['Drainage hole', 'Yes'],
      ],
      zoneCosts: { 'pottery-europe': 1200, 'pottery-world': 3000 },
    },
    {
      id: 'bud-vase',
      name: 'Bud vase',
      description:
        'A narrow neck holds two or three stems upright without fuss. Speckled chalk above, deep cobalt below.',
      pictures: ['bud-vase'],
      price: 36000,
      quantity: 2,
      categories: ['home', 'pottery'],
      specs: [['Height', '21 cm']],
      zoneCosts: { 'pottery-europe': 800, 'pottery-world': 2000 },
    },
    {
      id: 'espresso-cups',
      name: 'Espresso cups, a pair',
      description:
        'Two small cups without handles, one sage and one cobalt, dipped so that the lower half stays pale. They stack.',
      pictures: ['espresso-cups'],
      price: 38000,
      quantity: 12,
      categories: ['kitchen', 'pottery', 'coffee'],
      specs: [
        ['Holds', '90 ml each'],
        ['Pieces', '2'],
      ],
      zoneCosts: { 'pottery-europe': 500, 'pottery-world': 1200 },
    },
    {
      id: 'dinner-plates',
      name: 'Dinner plates, a pair',
      description:
        'Two flat plates with a low rim, one chalk and one sage. Freckled all over, because the clay is.',
      pictures: ['dinner-plates'],
      price: 52000,
      quantity: 0,
      categories: ['kitchen', 'pottery'],
      specs: [
        ['Across', '26 cm'],
        ['Pieces', '2'],
      ],
      zoneCosts: { 'pottery-europe': 2000, 'pottery-world': 5000 },
    },
    {
      id: 'sugar-jar',
      name: 'Lidded sugar jar',
      description:
        'For sugar, salt or the good tea. The lid drops in with a soft knock, and a small wooden spoon comes along.',
      pictures: ['sugar-jar'],
      price: 30000,
      quantity: 8,
      categories: ['kitchen', 'pottery', 'tea'],
      specs: [['Holds', '600 ml']],
      zoneCosts: { 'pottery-europe': 800, 'pottery-world': 2000 },
    },
  ],
}
