/** What a proof of work costs, and how far it is, in words. */
import { expectedTries, type ProofProgress } from '@/domain/proofOfWork'

/** A slow phone manages about so many tries a second. */
const TRIES_PER_SECOND = 50_000

/** How long it takes, in words that promise nothing: it is a matter of luck. */
export function proofTimeWords(bits: number): string {
  const seconds = expectedTries(bits) / TRIES_PER_SECOND
  if (seconds < 10) return 'some seconds'
  if (seconds < 60) return 'up to a minute or so'
  return `perhaps ${Math.round(seconds / 60) + 1} minutes`
}

const count = (tries: number): string =>
  tries < 1_000_000
    ? `${Math.round(tries / 1_000)} thousand`
    : `${(tries / 1e6).toFixed(1)} million`

/** Such as `40 thousand tries so far; about 1.0 million are needed on average.` */
export const proofProgressWords = ({ bits, tries }: ProofProgress): string =>
  `${count(tries)} tries so far; about ${count(expectedTries(bits))} are needed on average. You may stop it: nothing is lost.`
