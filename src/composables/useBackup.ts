/** Saving a backup to a file, and taking one in after a look at what it would add. */
import { shallowRef } from 'vue'
import { exportBackup } from '@/actions/exportBackup'
import { messageOf } from '@/domain/messageOf'
import { useBackupStore, type BackupNews, type ReadBackup } from '@/stores/backup'
import { saveFile } from './saveFile'
import { usePorts } from './usePorts'
import { useSigner } from './useSigner'

/** A file that was opened with its password, and what importing it would add. */
export interface OpenedBackup extends ReadBackup {
  readonly news: BackupNews
}

// The whole of localStorage in base64, several times over.
const LARGEST_FILE = 64 * 1024 * 1024
const TOO_LARGE = 'This file is far too large for a backup of Souk. Choose another one.'
const NO_SIGNER =
  'Your key is not at hand, and a backup needs its signature. Unlock it, or sign in again.'

/** One thing at a time; `progress` is from 0 to 1 while a key is made from the password. */
export function useBackup() {
  const ports = usePorts()
  const signer = useSigner()
  const backup = useBackupStore()
  const busy = shallowRef<'export' | 'open' | 'import' | null>(null)
  const progress = shallowRef(0)
  const problem = shallowRef('')
  const opened = shallowRef<OpenedBackup | null>(null)
  const onProgress = (done: number): void => void (progress.value = done)

  async function during<T>(
    what: NonNullable<typeof busy.value>,
    work: () => Promise<T>,
  ): Promise<T | null> {
    if (busy.value !== null) return null
    busy.value = what
    progress.value = 0
    problem.value = ''
    try {
      return await work()
    } catch (error) {
      problem.value = messageOf(error)
      return null
    } finally {
      busy.value = null
    }
  }

  /** Answers with the name of the saved file, or null with `problem` set. */
  const saveBackup = (password: string): Promise<string | null> =>
    during('export', async () => {
      if (!signer.value) throw new Error(NO_SIGNER)
      const made = await exportBackup({
        signer: signer.value,
        now: ports.now,
        collect: backup.collect,
        seal: (text, proof) => backup.seal(text, proof, password, onProgress),
      })
      if (!made.ok) throw new Error(made.reason.message)
      saveFile(made.value.name, made.value.text)
      return made.value.name
    })

  /** Opens a file; what it would add is in `opened` then. */
  const openFile = (file: Blob, password: string): Promise<boolean | null> =>
    during('open', async () => {
      opened.value = null
      if (file.size > LARGEST_FILE) throw new Error(TOO_LARGE)
      const read = await backup.open(await file.text(), password, onProgress)
      if (!read.ok) throw new Error(read.reason)
      opened.value = { ...read.value, news: backup.compare(read.value.contents) }
      return true
    })

  /** Merges the opened backup. Messages that no relay has yet go on their way again. */
  const importOpened = (): Promise<BackupNews | null> =>
    during('import', async () => {
      if (!opened.value) return null
      const { contents, news } = opened.value
      const outbox = await ports.outbox()
      // The bytes first: a fact alone would claim a message that nobody can send.
      for (const event of backup.toSend(contents)) outbox.enqueue(event)
      backup.merge(contents)
      opened.value = null
      return news
    })

  function close(): void {
    opened.value = null
    problem.value = ''
  }

  return { busy, progress, problem, opened, saveBackup, openFile, importOpened, close }
}
