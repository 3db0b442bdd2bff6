/** What happened while the person looked elsewhere: shown as toasts by the app. */
import { defineStore } from 'pinia'
import { shallowRef } from 'vue'

export interface Notice {
  readonly id: number
  readonly tone: 'info' | 'success' | 'warning' | 'danger'
  readonly title: string
  readonly text: string
  /** Where a click leads, as a path of the app. */
  readonly to?: string
  /** A way back, such as undoing a removal. */
  readonly undo?: () => void
}

export const useNoticesStore = defineStore('notices', () => {
  /** Oldest first; whoever shows them takes them out. */
  const waiting = shallowRef<readonly Notice[]>([])
  let count = 0

  function tell(notice: Omit<Notice, 'id'>): void {
    count += 1
    waiting.value = [...waiting.value, { id: count, ...notice }]
  }

  function tellStorageProblem({ message }: { readonly message: string }): void {
    tell({ tone: 'warning', title: 'Something kept in this browser has trouble', text: message })
  }

  /** Hands over everything that waits. */
  function takeAll(): readonly Notice[] {
    const taken = waiting.value
    if (taken.length > 0) waiting.value = []
    return taken
  }

  return { waiting, tell, tellStorageProblem, takeAll }
})
