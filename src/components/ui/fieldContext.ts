/** What a field tells the control inside it, so that label, hint and error are tied to it. */
import { computed, inject, type ComputedRef, type InjectionKey } from 'vue'

export interface FieldControl {
  readonly id: string
  readonly required: boolean
  readonly 'aria-describedby': string | undefined
  readonly 'aria-invalid': 'true' | undefined
}

export const FIELD: InjectionKey<ComputedRef<FieldControl>> = Symbol('field')

/** The attributes for the control of the surrounding field; empty outside of one. */
export function useFieldControl(): ComputedRef<Partial<FieldControl>> {
  const field = inject(FIELD, null)
  return computed(() => field?.value ?? {})
}
