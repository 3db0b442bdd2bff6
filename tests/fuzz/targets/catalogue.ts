/** The way of a catalogue: hostile frames beside good ones, from the socket to what a page shows. */
import { setTimeout as pause } from 'node:timers/promises'
import { followCatalogue } from '@/actions/followCatalogue'
import { createCatalogue, type Catalogue } from '@/domain/catalogue'
import { MERCHANT } from '../../factories/people'
import { CATALOGUE_EVENTS, RECORDED_MERCHANT } from '../../factories/recordedSessions'
import { openMarket, SUBSCRIPTION } from '../market'
import { mutate } from '../mutate'
import { must, type Target } from '../target'

/** A relay that is this late would be a hang. */
const PATIENCE = 10_000

/** What a page shows of a market whose hostile relay sends these frames. */
async function shown(frames: readonly string[]): Promise<Catalogue> {
  const catalogue = createCatalogue()
  const pool = openMarket(frames)
  const relays = new Set<string>()
  const following = followCatalogue({ pool }, [RECORDED_MERCHANT, MERCHANT.pubkey], {
    onFacts: (facts) => void catalogue.apply(facts),
    onStored: (relay) => void relays.add(relay),
  })
  const end = performance.now() + PATIENCE
  while (relays.size < pool.urls.length && performance.now() < end) await pause(5)
  must(relays.size === pool.urls.length, 'A relay is never done')
  following.close()
  pool.close()
  return catalogue
}

const byAddress = (a: { readonly address: string }, b: { readonly address: string }): number =>
  a.address < b.address ? -1 : 1

/** Everything of the good merchant. */
function goodOf({ stalls, products, profiles }: Catalogue): string {
  const isGood = ({ merchant }: { readonly merchant: string }) => merchant === RECORDED_MERCHANT
  return JSON.stringify([
    [...stalls.values()].filter(isGood).toSorted(byAddress),
    [...products.values()].filter(isGood).toSorted(byAddress),
    profiles.get(RECORDED_MERCHANT),
  ])
}

let expected: Promise<string> | null = null

/** Half of the hostile events pretend to be the good merchant's, half have an author of their own. */
export const catalogueTarget: Target = {
  name: 'catalogue',
  share: 120,
  batch: 500,
  samples: CATALOGUE_EVENTS.map((event) => JSON.stringify(['EVENT', SUBSCRIPTION, event])),
  mutate(sample, random) {
    const by = random.chance(0.5) ? sample : sample.replaceAll(RECORDED_MERCHANT, MERCHANT.pubkey)
    return mutate(by, random)
  },
  async feed(frames) {
    expected ??= shown([]).then(goodOf)
    must((await expected).length > 2_000, 'Without hostile frames nothing is shown')
    must(goodOf(await shown(frames)) === (await expected), 'Good stalls or products are hidden')
  },
}
