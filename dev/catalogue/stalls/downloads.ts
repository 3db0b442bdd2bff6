/** The download stall: digital goods, priced in satoshi and delivered by message once paid. */
import type { DemoStall } from '../types'

export const downloadStall: DemoStall = {
  id: 'saltmarsh-downloads',
  name: 'Saltmarsh Downloads',
  description:
    'Books, patterns and sounds made by people of the workshop. Delivered in a message as soon as the payment arrives; nothing to ship, no address asked.',
  currency: 'sat',
  zones: [
    { id: 'online-saltmarsh', name: 'Digital delivery', cost: 0, countries: ['Worldwide'] },
    { id: 'downloads-usb', name: 'On a USB stick by letter', cost: 8000, countries: ['Worldwide'] },
  ],
  products: [
    {
      id: 'the-patient-loaf',
      name: 'The Patient Loaf (ebook)',
      description:
        'Sourdough for people with jobs: one dough, five shapes, and a timetable that lets you sleep. Short chapters, clear drawings, no mystique.',
      pictures: ['the-patient-loaf'],
      price: 9000,
      quantity: null,
      categories: ['books', 'digital', 'kitchen'],
      specs: [
        ['Format', 'EPUB and PDF'],
        ['Pages', '128'],
      ],
      zoneCosts: {},
      autoreply:
        'Thank you! Your copy of The Patient Loaf is ready under the code LOAF-DEMO-128. This is a demo market, so there is no file behind it, but this is where the link would be.',
    },
    {
      id: 'reading-the-tide',
      name: 'Reading the Tide (ebook)',
      description:
        'How to tell from the moon, the birds and the mud when it is safe to walk out, and when to turn back. Written by someone who once did not.',
      pictures: ['reading-the-tide'],
      price: 11000,
      quantity: null,
      categories: ['books', 'digital'],
      specs: [
        ['Format', 'EPUB and PDF'],
        ['Pages', '164'],
      ],
      zoneCosts: {},
      autoreply:
        'Thank you! Reading the Tide is ready under the code TIDE-DEMO-164. This is a demo market, so there is no file behind it, but this is where the link would be.',
    },
    {
      id: 'fair-isle-pattern',
      name: 'Fair Isle hat pattern',
      description:
        'A charted pattern for a hat in three colours, with sizes from child to large adult. Tested by six knitters, two of whom had never read a chart.',
      pictures: ['fair-isle-pattern'],
      price: 5500,
      quantity: null,
      categories: ['patterns', 'digital', 'wool'],
      specs: [
        ['Format', 'PDF, A4 and Letter'],
        ['Level', 'Confident beginner'],
      ],
      zoneCosts: {},
      autoreply:
        'Happy knitting! The pattern is ready under the code HAT-DEMO-3. This is a demo market, so there is no file behind it. Tip: wash the swatch before you measure it.',
    },
    {
      id: 'rain-sounds',
      name: 'Forty minutes of rain (sounds)',
      description:
        'Rain on a tin roof, on leaves, on a tent and on the sea, recorded at night without a single car. Loops without a seam.',
      pictures: ['rain-sounds'],
      price: 7000,
      quantity: null,
      categories: ['music', 'digital'],
      specs: [
        ['Format', 'FLAC and MP3'],
        ['Length', '4 × 10 minutes'],
      ],
      zoneCosts: {},
      autoreply:
        'Thank you! The four recordings are ready under the code RAIN-DEMO-40. This is a demo market, so there is no file behind it. Sleep well.',
    },
    {
      id: 'printable-planner',
      name: 'Printable planner',
      description:
        'Undated month and day sheets that start on Monday, with room for what really happened. Print what you need and nothing else.',
      pictures: ['printable-planner'],
      price: 4000,
      quantity: null,
      categories: ['stationery', 'digital'],
      specs: [
        ['Format', 'PDF, A5 and A4'],
        ['Sheets', '14'],
      ],
      zoneCosts: {},
      autoreply:
        'Thank you! The planner is ready under the code PLAN-DEMO-14. This is a demo market, so there is no file behind it.',
    },
    {
      id: 'three-landscapes',
      name: 'Three landscapes (wallpapers)',
      description:
        'Dawn, noon and dusk over the same hills, drawn for big screens and small ones. Calm enough to read icons on.',
      pictures: ['three-landscapes'],
      price: 2500,
      quantity: null,
      categories: ['art', 'digital'],
      specs: [['Format', 'PNG up to 5120 × 2880']],
      zoneCosts: {},
      autoreply:
        'Thank you! The wallpapers are ready under the code HILLS-DEMO-3. This is a demo market, so there is no file behind it.',
    },
    {
      id: 'saltmarsh-display',
      name: 'Saltmarsh Display (typeface)',
      description:
        'A sturdy face for signs, labels and headlines, cut first in lino and only then on a screen. One weight, done properly.',
      pictures: ['saltmarsh-display'],
      price: 16000,
      quantity: 25,
      categories: ['art', 'digital'],
      specs: [
        ['Format', 'OTF and WOFF2'],
        ['Licence', 'One person, any number of devices'],
      ],
      zoneCosts: {},
      autoreply:
        'Thank you! Your licence number is TYPE-DEMO-1. This is a demo market, so there is no font file behind it.',
    },
  ],
}
