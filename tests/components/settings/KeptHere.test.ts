// @vitest-environment happy-dom
/** What the page about this browser says of a shared computer is what happens there. */
import 'fake-indexeddb/auto'
import { mount } from '@vue/test-utils'
import { expect, it } from 'vitest'
import KeptHere from '@/components/settings/KeptHere.vue'
import { openRecords } from '@/storage/identityRecords'
import { createSessionDocument } from '@/storage/sessionDocument'
import { markSharedComputer } from '@/storage/storageArea'
import { browserStorageKey } from '@/storage/storageKey'
import { orderKey } from '@/domain/ids'
import { orderRef, placed } from '../../factories/orders'
import { CUSTOMER } from '../../factories/people'
import { storageKey } from '../../factories/storage'
import { dump } from '../../support/browser'

const { pubkey } = CUSTOMER
const wordsOf = (what: string) =>
  mount(KeptHere, { props: { shared: true } })
    .findAll('dl > div')
    .find((row) => row.text().includes(what))
    ?.text()

it('says where orders are, with a key of one’s own and with one elsewhere', async () => {
  markSharedComputer(true)
  const own = openRecords(pubkey, storageKey(CUSTOMER))
  own.orders.mergeFacts(orderKey(orderRef()), [placed()])
  expect(dump(sessionStorage)).toContain('version')
  expect(wordsOf('Orders')).toContain('in this tab')
  sessionStorage.clear()
  markSharedComputer(true)
  const elsewhere = openRecords(pubkey, await browserStorageKey(pubkey))
  elsewhere.orders.mergeFacts(orderKey(orderRef()), [placed()])
  expect(dump(sessionStorage, localStorage)).not.toContain('version')
  expect(wordsOf('Orders')).toContain('With an extension or a bunker in memory alone')
})

it('says where a key under a password is', () => {
  markSharedComputer(true)
  createSessionDocument().write({ method: 'local', pubkey, ncryptsec: 'ncryptsec1qq' })
  expect(dump(sessionStorage)).toContain('ncryptsec1qq')
  expect(wordsOf('Your key')).toContain('under a password is encrypted in this tab')
})
