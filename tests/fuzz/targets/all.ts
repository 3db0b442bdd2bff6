/** Everything that is fuzzed. */
import type { Target } from '../target'
import { catalogueTarget } from './catalogue'
import { configTarget } from './config'
import { DECODER_TARGETS } from './decoders'
import { connectionTarget, frameTarget } from './frames'
import { giftWrapTarget } from './giftWraps'
import { messagesTarget } from './messages'
import { PAYMENT_TARGETS } from './payments'
import { RECORD_TARGETS } from './records'

export const TARGETS: readonly Target[] = [
  ...DECODER_TARGETS,
  giftWrapTarget,
  ...PAYMENT_TARGETS,
  ...RECORD_TARGETS,
  configTarget,
  frameTarget,
  connectionTarget,
  catalogueTarget,
  messagesTarget,
]
