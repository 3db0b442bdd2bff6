/** Whether others use this computer: then nothing of this tab is kept once it is closed. */
import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import { isSharedComputer, markSharedComputer, openStorage } from '@/storage/storageArea'

export const useSharedComputerStore = defineStore('shared-computer', () => {
  /** As it was when the page was loaded: what is open then stays where it is. */
  const isOn = isSharedComputer()
  const isChanging = shallowRef(false)

  /** Removes everything that is kept, either way. The page has to be loaded again after. */
  async function change(on: boolean): Promise<void> {
    isChanging.value = true
    const { removeEverything } = await import('@/storage/kept')
    const quietly = (): void => undefined
    markSharedComputer(false)
    const areas = [openStorage('localStorage', quietly), openStorage('sessionStorage', quietly)]
    await removeEverything(areas)
    markSharedComputer(on)
  }

  return { isOn, isChanging, change }
})
