/** Everything that is fuzzed. */
import type { Target } from '../target'
import { BACKUP_TARGETS } from './backups'
import { BUNKER_TARGETS } from './bunkers'
import { catalogueTarget } from './catalogue'
import { configTarget } from './config'
import { DECODER_TARGETS } from './decoders'
import { connectionTarget, frameTarget } from './frames'
import { giftWrapTarget } from './giftWraps'
import { messagesTarget } from './messages'
import { PAYMENT_TARGETS } from './payments'
import { RECORD_TARGETS } from './records'
import { SEALED_TARGETS } from './sealedRecords'
import { SMALL_RECORD_TARGETS } from './smallRecords'

export const TARGETS: readonly Target[] = [
  ...DECODER_TARGETS,
  giftWrapTarget,
  ...PAYMENT_TARGETS,
  ...RECORD_TARGETS,
  ...SEALED_TARGETS,
  ...SMALL_RECORD_TARGETS,
  ...BACKUP_TARGETS,
  ...BUNKER_TARGETS,
  configTarget,
  frameTarget,
  connectionTarget,
  catalogueTarget,
  messagesTarget,
]
