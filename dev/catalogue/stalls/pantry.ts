/** The pantry stall: things to eat, priced in euro. */
import type { DemoStall } from '../types'

export const pantryStall: DemoStall = {
  id: 'orchard-pantry',
  name: 'Orchard Lane Pantry',
  description:
    'Oil, honey, jam and other good reasons to stay in. From a handful of farms we can name, packed on Tuesdays and Fridays.',
  currency: 'EUR',
  zones: [
    {
      id: 'pantry-germany',
      name: 'Germany and Austria',
      cost: 4.9,
      countries: ['Germany', 'Austria'],
    },
    {
      id: 'pantry-eu',
      name: 'European Union',
      cost: 8.9,
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
    {
      id: 'pantry-swiss',
      name: 'Switzerland and Norway',
      cost: 15.5,
      countries: ['Switzerland', 'Norway'],
    },
    { id: 'pantry-pickup', name: 'Pick up at the farm gate', cost: 0, countries: ['Germany'] },
  ],
  products: [
    {
      id: 'olive-oil',
      name: 'Olive oil, first harvest',
      description:
        'Pressed in November from olives picked green, which is why it bites a little at the back of the throat. For bread, beans and tomatoes; far too good to fry in.',
      pictures: ['olive-oil'],
      price: 18.9,
      quantity: 48,
      categories: ['food', 'kitchen'],
      specs: [
        ['Content', '500 ml'],
        ['Origin', 'Crete, Greece'],
        ['Acidity', '0.2 %'],
      ],
      zoneCosts: { 'pantry-eu': 0.8, 'pantry-swiss': 1.5 },
    },
    {
      id: 'wildflower-honey',
      name: 'Wildflower honey',
      description:
        'Whatever was in bloom along the lane between May and July: acacia, then lime, then bramble. Stirred until it is creamy and never heated.',
      pictures: ['wildflower-honey'],
      price: 9.5,
      quantity: 73,
      categories: ['food'],
      specs: [
        ['Content', '500 g'],
        ['Origin', 'Brandenburg, Germany'],
      ],
      zoneCosts: { 'pantry-eu': 0.5, 'pantry-swiss': 1 },
    },
    {
      id: 'espresso-beans',
      name: 'Espresso beans, dark roast',
      description:
        'A blend for the stove pot and the machine alike: cocoa, toasted nuts, hardly any acidity. Roasted the day before it is packed.',
      pictures: ['espresso-beans'],
      price: 13.2,
      quantity: null,
      categories: ['food', 'coffee'],
      specs: [
        ['Content', '500 g, whole beans'],
        ['Origin', 'Brazil and Ethiopia'],
      ],
      zoneCosts: { 'pantry-eu': 0.5, 'pantry-swiss': 1 },
    },
    {
      id: 'smoked-paprika',
      name: 'Smoked paprika',
      description:
        'Peppers dried over oak for two weeks, then ground very fine. Half a teaspoon makes a pot of lentils taste of a bonfire.',
      pictures: ['smoked-paprika'],
      price: 5.4,
      quantity: 120,
      categories: ['food', 'spices'],
      specs: [
        ['Content', '75 g'],
        ['Heat', 'Mild'],
      ],
      zoneCosts: {},
    },
    {
      id: 'plum-jam',
      name: 'Plum jam',
      description:
        'Plums, a little sugar and a whole night in the oven. Dark, thick and only just sweet; equally at home on toast and beside cheese.',
      pictures: ['plum-jam'],
      price: 6.8,
      quantity: 3,
      categories: ['food'],
      specs: [
        ['Content', '340 g'],
        ['Fruit', '160 g for 100 g of jam'],
      ],
      zoneCosts: { 'pantry-eu': 0.4, 'pantry-swiss': 0.8 },
    },
    {
      id: 'dark-chocolate',
      name: 'Dark chocolate, 72 %',
      description:
        'Beans from one cooperative, stone-ground and wrapped by hand. Snaps cleanly and melts slowly, with a hint of dried fig.',
      pictures: ['dark-chocolate'],
      price: 4.6,
      quantity: 210,
      categories: ['food'],
      specs: [
        ['Content', '80 g'],
        ['May contain', 'Traces of nuts and milk'],
      ],
      zoneCosts: {},
    },
    {
      id: 'chamomile-tea',
      name: 'Chamomile tea',
      description:
        'Whole flower heads in a tin that closes tightly. A spoonful in hot water, five minutes, and the day is over.',
      pictures: ['chamomile-tea'],
      price: 7.9,
      quantity: 36,
      categories: ['food', 'tea'],
      specs: [['Content', '60 g, loose']],
      zoneCosts: {},
    },
  ],
}
