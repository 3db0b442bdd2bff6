/** The desk stall: things for working late, priced in US dollars. */
import type { DemoStall } from '../types'

export const nightDeskStall: DemoStall = {
  id: 'night-desk',
  name: 'Night Desk',
  description:
    'Good tools for the quiet hours. A one-person stall: orders are answered by hand, so an invoice may take a little while.',
  currency: 'USD',
  zones: [
    { id: 'desk-us', name: 'United States', cost: 7.5, countries: ['United States'] },
    {
      id: 'desk-europe',
      name: 'Europe',
      cost: 16,
      countries: ['European Union', 'United Kingdom', 'Switzerland', 'Norway'],
    },
    { id: 'desk-world', name: 'Rest of the world', cost: 22, countries: ['Worldwide'] },
    {
      id: 'desk-pickup',
      name: 'Collect in person in Portland',
      cost: 0,
      countries: ['United States'],
    },
  ],
  products: [
    {
      id: 'compact-keyboard',
      name: 'Compact keyboard',
      description:
        'Four rows of quiet keys in an aluminium shell, with a coiled cable you can find in the dark. Keys and switches come out without tools.',
      pictures: ['compact-keyboard'],
      price: 149,
      quantity: 7,
      categories: ['electronics', 'desk'],
      specs: [
        ['Layout', '40 %, 41 keys'],
        ['Connection', 'USB-C'],
        ['Switches', 'Tactile, silent'],
      ],
      zoneCosts: { 'desk-europe': 4, 'desk-world': 7 },
    },
    {
      id: 'headphones',
      name: 'Studio headphones',
      description:
        'Closed cups that keep the music in and the neighbours asleep. Leather cushions, a steel band, and every part can be replaced.',
      pictures: ['headphones'],
      price: 189,
      quantity: 4,
      categories: ['electronics', 'music'],
      specs: [
        ['Cable', '1.8 m, detachable'],
        ['Impedance', '48 ohm'],
      ],
      zoneCosts: { 'desk-europe': 4, 'desk-world': 7 },
    },
    {
      id: 'desk-lamp',
      name: 'Desk lamp',
      description:
        'A warm, dimmable light on a brass arm that stays where you put it. The coral shade keeps it out of your eyes.',
      pictures: ['desk-lamp'],
      price: 96,
      quantity: 9,
      categories: ['home', 'desk'],
      specs: [
        ['Light', 'LED, 2700 K, 600 lm'],
        ['Reach', '48 cm'],
      ],
      zoneCosts: { 'desk-europe': 6, 'desk-world': 10 },
    },
    {
      id: 'dot-notebook',
      name: 'Dotted notebook',
      description:
        'Heavy paper that takes ink on both sides, and a spine that lies flat on the first evening. In coral or ink blue: say which in the note.',
      pictures: ['dot-notebook', 'dot-notebook-ink'],
      price: 19,
      quantity: 88,
      categories: ['stationery', 'desk'],
      specs: [
        ['Size', 'A5, 192 pages'],
        ['Paper', '100 g/m²'],
      ],
      zoneCosts: { 'desk-world': 1 },
    },
    {
      id: 'fountain-pen',
      name: 'Fountain pen',
      description:
        'A resin barrel, a steel nib that needs no pressure, and a converter for any ink you like. Starts at once, even after a month in a drawer.',
      pictures: ['fountain-pen'],
      price: 72,
      quantity: 13,
      categories: ['stationery', 'desk'],
      specs: [
        ['Nib', 'Fine or medium'],
        ['Filling', 'Converter and cartridges'],
      ],
      zoneCosts: {},
    },
    {
      id: 'harbour-lights',
      name: 'Harbour Lights (vinyl LP)',
      description:
        'Eight slow pieces for piano, tape and fog horn, recorded in one winter. Pressed on heavy vinyl; the sleeve is printed in five colours.',
      pictures: ['harbour-lights'],
      price: 28,
      quantity: 2,
      categories: ['music', 'art'],
      specs: [
        ['Format', '12 inch, 33 rpm'],
        ['Length', '41 minutes'],
      ],
      zoneCosts: { 'desk-europe': 2, 'desk-world': 3 },
    },
    {
      id: 'night-train',
      name: 'Night Train (poster)',
      description:
        'A screen print of the last train over the pass, in six layers of ink on cotton paper. Sent rolled; the frame is for the picture only.',
      pictures: ['night-train'],
      price: 45,
      quantity: 30,
      categories: ['art', 'home'],
      specs: [
        ['Size', '40 × 60 cm'],
        ['Edition', '150, signed and numbered'],
      ],
      zoneCosts: { 'desk-europe': 1, 'desk-world': 2 },
    },
  ],
}
