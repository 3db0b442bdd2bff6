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
  const latest = shallowRef<Notice | null>(null)
  let count = 0

  function tell(notice: Omit<Notice, 'id'>): void {
    count += 1
    latest.value = { id: count, ...notice }
  }

  return { latest, tell }
})
