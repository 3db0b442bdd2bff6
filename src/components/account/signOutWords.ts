/** What signing out costs, in sentences. */

/** What no relay and no copy could give back. */
export interface Losses {
  readonly unsent: number
  readonly unsigned: number
  readonly onlyHere: number
  readonly key: 'tab' | 'kept' | 'elsewhere'
  readonly locked: boolean
}

const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`

const KEY = {
  tab: 'Your key. It exists in this tab only: without a copy nobody can bring it back.',
  kept: 'The key that is kept here under your password. To come back you need a copy of it.',
  elsewhere: '',
} as const

export function lossWords({ unsent, unsigned, onlyHere, key, locked }: Losses): readonly string[] {
  const words = [
    KEY[key],
    unsent > 0 ? `${counted(unsent, 'message')} that no relay has yet. They will not be sent.` : '',
    unsigned > 0 ? `${counted(unsigned, 'order')} that you have not signed yet.` : '',
    onlyHere > 0
      ? `What only this browser knows of ${counted(onlyHere, 'order')}: prices when you ordered, amounts you agreed to, payments. The orders themselves come back from the relays.`
      : '',
    locked ? 'What only this browser knows of your orders, which are locked with your key.' : '',
  ]
  return words.filter((sentence) => sentence !== '')
}
