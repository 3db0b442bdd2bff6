/** Shows notices as toasts; the library for it is loaded with the first one. */
import { watch } from 'vue'
import { useRouter } from 'vue-router'
import { useNoticesStore, type Notice } from '@/stores/notices'

const RAISERS = { info: 'info', success: 'success', warning: 'warning', danger: 'error' } as const

/** @param onFirst called before the first toast, to put the place for toasts on the page */
export function useToasts(onFirst: () => Promise<void>): void {
  const notices = useNoticesStore()
  const router = useRouter()

  function actionOf(notice: Notice) {
    const { undo, to } = notice
    if (undo) return { label: 'Undo', onClick: undo }
    return to ? { label: 'Open', onClick: () => void router.push(to) } : undefined
  }

  async function raise(notice: Notice): Promise<void> {
    await onFirst()
    const { toast } = await import('vue-sonner')
    toast[RAISERS[notice.tone]](notice.title, {
      description: notice.text || undefined,
      action: actionOf(notice),
    })
  }

  watch(
    () => notices.waiting,
    () => notices.takeAll().forEach((notice) => void raise(notice)),
    { immediate: true },
  )
}
