/** The worker side of signature checks: answers each batch with one truth value an event. */
import { verifyEvent } from '@/protocol/verifyEvent'
import type { VerifyReply, VerifyRequest } from './verifier'

addEventListener('message', ({ data }: MessageEvent<VerifyRequest>) => {
  const reply: VerifyReply = {
    job: data.job,
    results: data.events.map((event) => verifyEvent(event).ok),
  }
  postMessage(reply)
})
