/** Signs a public event, such as a stall or a product, and hands it to the outbox. */
import { ok, type Result } from '@/domain/result'
import type { EventTemplate, VerifiedEvent } from '@/protocol/event'
import type { Outbox } from '@/protocol/relay'
import type { Signer, SignerProblem } from '@/protocol/signer'

/** Publishes a template. Delivery goes on in the outbox; the result is about signing. */
export async function publish(
  ports: { readonly signer: Signer; readonly outbox: Outbox },
  template: EventTemplate,
): Promise<Result<VerifiedEvent, SignerProblem>> {
  const signed = await ports.signer.sign(template)
  if (!signed.ok) return signed
  ports.outbox.enqueue(signed.value)
  return ok(signed.value)
}
