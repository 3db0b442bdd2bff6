/** Where the independent relay departs from the conformance cases, by the name of the case. */

const NO_COUNT = 'knows no COUNT'
const NO_HTTP = 'serves no description over HTTP'
const NOTICE_ONLY = 'answers with a NOTICE that names no subscription or event'
const FORGETS_DELETIONS = 'keeps no deletion, so the deleted event can come back'

export const deviations: Readonly<Record<string, string>> = {
  'refuses the bad-signature twin of a stored event':
    'looks for the id before it checks the signature, and says duplicate',
  'refuses an event more than 15 minutes in the future': 'sets no limit on the date',
  'refuses a malformed event and keeps the connection': NOTICE_ONLY,
  'orders events of one date by the lowest id': 'leaves events of one date in any order',
  'sends no new event that misses a tag filter': 'ignores tag filters of open subscriptions',
  'answers a bad filter with CLOSED "invalid:"': NOTICE_ONLY,
  'answers a request without filters with CLOSED': NOTICE_ONLY,
  'returns an event until it expires (NIP-40)': 'looks at the expiration only on arrival',
  'leaves a version newer than the deletion': 'deletes an address whatever its date',
  'stores the deletion and passes it on': FORGETS_DELETIONS,
  'accepts a deleted event no more': FORGETS_DELETIONS,
  'accepts no event whose deletion came first': FORGETS_DELETIONS,
  'deletes no deletion': FORGETS_DELETIONS,
  'describes itself over HTTP (NIP-11)': NO_HTTP,
  'lets any page read its description (NIP-11)': NO_HTTP,
  'counts what filters match (NIP-45)': NO_COUNT,
  'answers a bad count with CLOSED (NIP-45)': NO_COUNT,
  'closes a request for messages without AUTH': 'says restricted instead of auth-required',
}
