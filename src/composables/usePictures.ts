/** What may be loaded of other people's pictures, for every component that shows one. */
import { inject, type InjectionKey } from 'vue'
import type { Pubkey } from '@/domain/ids'
import type { PictureMode } from '@/domain/pictures'

export interface Pictures {
  mode(): PictureMode
  /** Whether a picture may be loaded now. `from`: a merchant's key, or an address of theirs. */
  mayLoad(picture: string, from: string): boolean
  /** The person wants to see this one, until the page is closed. */
  show(picture: string): void
  /** The person wants to see all of this merchant, from now on. */
  alwaysShow(merchant: Pubkey): void
}

export const picturesKey: InjectionKey<Pictures> = Symbol('pictures')

/** Where nothing is provided, nobody can have chosen anything. */
const ALL: Pictures = {
  mode: () => 'load',
  mayLoad: () => true,
  show: () => undefined,
  alwaysShow: () => undefined,
}

export const usePictures = (): Pictures => inject(picturesKey, ALL)
