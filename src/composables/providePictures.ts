/** Gives every component below the person's choice about pictures. */
import { provide, shallowReactive } from 'vue'
import { isLoadedUnasked } from '@/domain/pictures'
import { useSettingsStore } from '@/stores/settings'
import { picturesKey } from './usePictures'

export function providePictures(): void {
  const settings = useSettingsStore()
  const shown = shallowReactive(new Set<string>())
  provide(picturesKey, {
    mode: () => settings.pictures.mode,
    mayLoad: (picture, from) =>
      isLoadedUnasked(settings.pictures, from) ||
      (settings.pictures.mode === 'ask' && shown.has(picture)),
    show: (picture) => void shown.add(picture),
    alwaysShow(merchant) {
      const { mode, merchants } = settings.pictures
      if (merchants.includes(merchant)) return
      settings.setPictures({ mode, merchants: [...merchants, merchant] })
    },
  })
}
