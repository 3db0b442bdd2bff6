/** The worker side of signature checks: answers each batch with one truth value an event. */
import { verifyOne, type VerifyReply, type VerifyRequest } from './verifier'

addEventListener('message', ({ data }: MessageEvent<VerifyRequest>) => {
  const reply: VerifyReply = { job: data.job, results: data.events.map(verifyOne) }
  postMessage(reply)
})
