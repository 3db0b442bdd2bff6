/** A market of any size: really signed profiles, stalls and products, as merchants publish them. */
import { once } from 'node:events'
import { initNostrWasm } from 'nostr-wasm'
import WebSocket from 'ws'
import type { EventTemplate, UnverifiedEvent } from '@/protocol/event'
import { encodeProduct } from '@/protocol/product'
import { encodeProfile } from '@/protocol/profile'
import { encodeStall } from '@/protocol/stall'
import { pictureNames } from '../../dev/catalogue/pictures/pictures'

export interface SeedOptions {
  readonly products: number
  readonly stalls: number
  readonly merchants: number
  /** Where the pictures are served, without a trailing slash. */
  readonly pictureBase: string
  /** Unix seconds. */
  readonly now: number
}

const DAY = 86_400
/** Stalls are opened first and filled later: everything else is younger. */
const OPENED_DAYS_AGO = 90
const FILLED_DAYS_AGO = 60
const CURRENCIES = ['sat', 'EUR', 'USD']
const THINGS = ['Cup', 'Candle', 'Notebook', 'Honey', 'Scarf', 'Lamp', 'Basket', 'Poster']
const KINDS = ['Kitchen', 'Home', 'Garden', 'Desk', 'Food', 'Clothes', 'Downloads', 'Gifts']
const WORDS =
  'Made by hand in small numbers, wrapped in paper and sent within two days of the payment. ' +
  'Colours differ a little from piece to piece. Write to the merchant for other sizes. '

export const STALL_NAME = 'Bench stall'

const pick = <T>(list: readonly T[], index: number): T => list[index % list.length]!
const stallId = (index: number): string => `stall-${index}`

const stallTemplate = (index: number, date: number): EventTemplate =>
  encodeStall(
    {
      id: stallId(index),
      name: `${STALL_NAME} ${index + 1}`,
      description: WORDS,
      currency: pick(CURRENCIES, index),
      zones: [
        { id: 'near', name: 'At home', cost: 3, countries: ['DE', 'AT'] },
        { id: 'far', name: 'Elsewhere', cost: 9, countries: ['Worldwide'] },
      ],
    },
    date,
  )

function productTemplate(index: number, date: number, options: SeedOptions): EventTemplate {
  const stall = index % options.stalls
  const picture = (offset: number) =>
    `${options.pictureBase}/${pick(pictureNames, index + offset)}.svg`
  const product = {
    id: `product-${index}`,
    stallId: stallId(stall),
    name: `${pick(THINGS, index)} no. ${index + 1}`,
    description: WORDS.repeat(1 + (index % 4)),
    images: [picture(0), picture(7)],
    currency: pick(CURRENCIES, stall),
    price: 5 + (index % 95),
    quantity: index % 20,
    active: true,
    categories: [pick(KINDS, index), pick(KINDS, index + 3)],
    specs: [
      ['Weight', `${100 + index} g`],
      ['Origin', 'Workshop'],
    ] as const,
    zoneCosts: { near: 1 },
  }
  return encodeProduct(product, date)
}

interface Draft {
  readonly merchant: number
  readonly template: EventTemplate
}

function drafts(options: SeedOptions): Draft[] {
  const { products, stalls, merchants, now } = options
  const opened = now - OPENED_DAYS_AGO * DAY
  const filled = now - FILLED_DAYS_AGO * DAY
  const pause = (FILLED_DAYS_AGO * DAY) / products
  const about = { about: WORDS, picture: `${options.pictureBase}/${pick(pictureNames, 0)}.svg` }
  const numbers = (count: number) => Array.from({ length: count }, (_, index) => index)
  return [
    ...numbers(merchants).map((merchant) => ({
      merchant,
      template: encodeProfile({ name: `Merchant ${merchant + 1}`, ...about }, opened),
    })),
    ...numbers(stalls).map((index) => ({
      merchant: index % merchants,
      template: stallTemplate(index, opened + index),
    })),
    ...numbers(products).map((index) => ({
      merchant: (index % stalls) % merchants,
      template: productTemplate(index, Math.floor(filled + index * pause), options),
    })),
  ]
}

/** Signs the market's events, oldest first. */
export async function signMarket(options: SeedOptions): Promise<readonly UnverifiedEvent[]> {
  const wasm = await initNostrWasm()
  return drafts(options).map(({ merchant, template }) => {
    const tags = template.tags.map((tag) => [...tag])
    const event = { ...template, tags, id: '', pubkey: '', sig: '' }
    wasm.finalizeEvent(event, new Uint8Array(32).fill(merchant + 1))
    return event
  })
}

/** Publishes over one socket; resolves once the relay has accepted every event. */
export async function publishAll(url: string, events: readonly UnverifiedEvent[]): Promise<void> {
  const socket = new WebSocket(url)
  await once(socket, 'open')
  await new Promise<void>((resolve, reject) => {
    let accepted = 0
    socket.on('close', () => reject(new Error('The relay closed the connection.')))
    socket.on('message', (data) => {
      const [type, , isAccepted, reason] = JSON.parse(String(data))
      if (type !== 'OK') return
      if (!isAccepted) return reject(new Error(`The relay refused an event: ${reason}`))
      if (++accepted === events.length) resolve()
    })
    for (const event of events) socket.send(JSON.stringify(['EVENT', event]))
  }).finally(() => socket.terminate())
}
