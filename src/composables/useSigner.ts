/** The signer of the identity in use, held for the whole app. */
import { inject, provide, shallowRef, type InjectionKey, type ShallowRef } from 'vue'
import type { KeyRing } from '@/actions/ports'

export type Signer = Awaited<ReturnType<KeyRing['createKey']>>

const signerKey: InjectionKey<ShallowRef<Signer | null>> = Symbol('signer')

/** Called once, in App.vue. */
export function provideSigner(): void {
  provide(signerKey, shallowRef<Signer | null>(null))
}

/** Null while there is none. */
export function useSigner(): ShallowRef<Signer | null> {
  const signer = inject(signerKey)
  if (!signer) throw new Error('No signer is provided')
  return signer
}
