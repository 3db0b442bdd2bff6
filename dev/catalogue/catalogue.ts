/** The three demo merchants of the embedded market. */
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { getPublicKey } from 'nostr-tools/pure'
import { downloadStall } from './stalls/downloads'
import { kitchenGardenStall } from './stalls/kitchenGarden'
import { nightDeskStall } from './stalls/nightDesk'
import { pantryStall } from './stalls/pantry'
import { potteryStall } from './stalls/pottery'
import { woolAndWickStall } from './stalls/woolAndWick'
import type { DemoMerchant } from './types'

/** Keys that anyone can compute, so that nobody mistakes them for secrets. */
function demoKeys(name: string): Pick<DemoMerchant, 'secretKey' | 'publicKey'> {
  const secret = sha256(utf8ToBytes(`souk demo merchant ${name}`))
  return { secretKey: bytesToHex(secret), publicKey: getPublicKey(secret) }
}

export const demoMerchants: readonly DemoMerchant[] = [
  {
    name: 'Saltmarsh Makers',
    ...demoKeys('saltmarsh'),
    profile: {
      name: 'Saltmarsh Makers',
      about:
        'Four people, one kiln and a loom behind the sea wall. We answer orders around the clock. (A demo merchant: nothing is really shipped.)',
      picture: 'merchant-saltmarsh',
    },
    stalls: [potteryStall, woolAndWickStall, downloadStall],
    answeredBy: 'program',
  },
  {
    name: 'Orchard Lane',
    ...demoKeys('orchard lane'),
    profile: {
      name: 'Orchard Lane',
      about:
        'A farm shop that grew a catalogue. Good food and the tools to grow it. (A demo merchant: nothing is really shipped.)',
      picture: 'merchant-orchard-lane',
    },
    stalls: [pantryStall, kitchenGardenStall],
    answeredBy: 'program',
  },
  {
    name: 'Night Desk',
    ...demoKeys('night desk'),
    profile: {
      name: 'Night Desk',
      about:
        'Things for people who work when it is dark. Answered by hand. (A demo merchant: sign in as it to handle its orders.)',
      picture: 'merchant-night-desk',
    },
    stalls: [nightDeskStall],
    answeredBy: 'person',
  },
]
