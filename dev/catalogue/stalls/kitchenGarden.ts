/** The kitchen and garden stall: tools that last, priced in euro. */
import type { DemoStall } from '../types'

export const kitchenGardenStall: DemoStall = {
  id: 'orchard-kitchen-garden',
  name: 'Orchard Lane Kitchen & Garden',
  description:
    'Tools we use ourselves, from the vegetable bed to the table. All of them can be sharpened, oiled or mended.',
  currency: 'EUR',
  zones: [
    {
      id: 'tools-germany',
      name: 'Germany and Austria',
      cost: 5.9,
      countries: ['Germany', 'Austria'],
    },
    {
      id: 'tools-eu',
      name: 'European Union',
      cost: 11.9,
      countries: [
        'Belgium',
        'Czechia',
        'Denmark',
        'France',
        'Italy',
        'Netherlands',
        'Poland',
        'Spain',
        'Sweden',
      ],
    },
    { id: 'tools-world', name: 'Rest of the world', cost: 24, countries: ['Worldwide'] },
  ],
  products: [
    {
      id: 'bread-board',
      name: 'Bread board',
      description:
        'One piece of oak with a handle to hang it by. Oiled twice before it is sent; oil it again when it looks thirsty. The loaf is yours to bake.',
      pictures: ['bread-board'],
      price: 39,
      quantity: 17,
      categories: ['kitchen'],
      specs: [
        ['Size', '46 × 24 cm'],
        ['Wood', 'Oak'],
      ],
      zoneCosts: { 'tools-eu': 1.5, 'tools-world': 5 },
    },
    {
      id: 'kitchen-knife',
      name: 'Kitchen knife',
      description:
        'Carbon steel that takes a fine edge and turns grey with use, as it should. The walnut handle is riveted with brass. Wipe it dry and it will outlive you.',
      pictures: ['kitchen-knife'],
      price: 84.5,
      quantity: 6,
      categories: ['kitchen', 'tools'],
      specs: [
        ['Blade', '18 cm'],
        ['Steel', 'Carbon, not stainless'],
      ],
      zoneCosts: { 'tools-eu': 1, 'tools-world': 3 },
    },
    {
      id: 'seed-packets',
      name: 'Seeds: carrot, tomato, meadow',
      description:
        'Three packets for a first bed: an early carrot, a cherry tomato that forgives neglect, and a meadow mix for the bees. Open-pollinated, so you can save seed of your own.',
      pictures: ['seed-packets'],
      price: 8.4,
      quantity: null,
      categories: ['garden'],
      specs: [
        ['Packets', '3'],
        ['Sow', 'March to May'],
      ],
      zoneCosts: {},
    },
    {
      id: 'watering-can',
      name: 'Watering can',
      description:
        'Galvanised steel under a green enamel, balanced so that it pours without aching wrists. The brass rose comes off for cleaning.',
      pictures: ['watering-can'],
      price: 46,
      quantity: 12,
      categories: ['garden', 'tools'],
      specs: [
        ['Holds', '5 litres'],
        ['Weight', '1.2 kg'],
      ],
      zoneCosts: { 'tools-eu': 3, 'tools-world': 9 },
    },
    {
      id: 'iron-skillet',
      name: 'Cast-iron skillet',
      description:
        'Poured in sand, ground smooth and seasoned with linseed oil. Eggs slide on it from the second week. Heavy, and proud of it.',
      pictures: ['iron-skillet'],
      price: 57,
      quantity: 0,
      categories: ['kitchen'],
      specs: [
        ['Across', '26 cm'],
        ['Weight', '2.4 kg'],
      ],
      zoneCosts: { 'tools-eu': 4, 'tools-world': 14 },
    },
    {
      id: 'hand-trowel',
      name: 'Hand trowel',
      description:
        'A forged blade with an edge that cuts roots, and an ash handle turned to fill the palm. It will never bend in clay.',
      pictures: ['hand-trowel'],
      price: 22.5,
      quantity: 28,
      categories: ['garden', 'tools'],
      specs: [
        ['Length', '31 cm'],
        ['Handle', 'Ash'],
      ],
      zoneCosts: { 'tools-world': 2 },
    },
    {
      id: 'pepper-mill',
      name: 'Pepper mill',
      description:
        'Turned from walnut around a steel mechanism that you can take apart. From dust to rubble with a twist of the brass knob.',
      pictures: ['pepper-mill'],
      price: 34,
      quantity: 15,
      categories: ['kitchen', 'spices'],
      specs: [['Height', '22 cm']],
      zoneCosts: { 'tools-world': 2 },
    },
  ],
}
