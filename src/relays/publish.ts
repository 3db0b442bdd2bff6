/** One event to one relay: always one answer, never later than the deadlines allow. */
import type { VerifiedEvent } from '@/protocol/event'
import type { PublishAnswer } from '@/protocol/relay'
import { asksForAuth, NO_CHALLENGE, type RelayAuth } from './auth'
import type { RelayConnection } from './connection'
import { exchange, whenConnected, type Exchange } from './exchange'
import type { RelayTimeouts } from './timing'

function toAnswer(relay: string, result: Exchange): PublishAnswer {
  if (result.type === 'timed-out') {
    return { relay, outcome: 'timed-out', reason: 'The relay took the event but did not answer' }
  }
  if (result.type === 'down') {
    return { relay, outcome: 'unreachable', reason: result.reason || 'The connection ended' }
  }
  const accepted = result.accepted || result.reason.startsWith('duplicate:')
  return { relay, outcome: accepted ? 'accepted' : 'refused', reason: result.reason }
}

export async function publishTo(
  connection: RelayConnection,
  auth: RelayAuth,
  event: VerifiedEvent,
  timeouts: RelayTimeouts,
): Promise<PublishAnswer> {
  const relay = connection.url
  const sendOnce = () => exchange(connection, ['EVENT', event], event.id, timeouts.ok)
  if (!(await whenConnected(connection, timeouts.publishConnect))) {
    const reason = connection.state().problem || 'The relay cannot be reached'
    return { relay, outcome: 'unreachable', reason }
  }
  const first = toAnswer(relay, await sendOnce())
  if (first.outcome !== 'refused' || !asksForAuth(first.reason)) return first
  const proved = await auth.authenticate()
  if (proved.ok) return toAnswer(relay, await sendOnce())
  const refused = { ...first, reason: `${first.reason} (${proved.reason})` }
  // Who is refused as `restricted` without any challenge is not asked who they are: they are unwelcome.
  const isUnwelcome = first.reason.startsWith('restricted:') && proved.reason === NO_CHALLENGE
  return proved.passing && !isUnwelcome ? { ...refused, passing: true } : refused
}
