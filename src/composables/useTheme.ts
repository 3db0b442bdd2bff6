/** Puts the chosen theme on the page and says which one is showing. */
import { computed, onScopeDispose, shallowRef, watchEffect, type ComputedRef } from 'vue'
import { useSettingsStore } from '@/stores/settings'

export function useTheme(): { readonly isDark: ComputedRef<boolean>; toggle(): void } {
  const settings = useSettingsStore()
  const media = window.matchMedia('(prefers-color-scheme: dark)')
  const systemDark = shallowRef(media.matches)
  const follow = (): void => void (systemDark.value = media.matches)
  media.addEventListener('change', follow)
  onScopeDispose(() => media.removeEventListener('change', follow))

  const isDark = computed(() =>
    settings.theme === 'system' ? systemDark.value : settings.theme === 'dark',
  )
  watchEffect(() => {
    if (settings.theme === 'system') delete document.documentElement.dataset.theme
    else document.documentElement.dataset.theme = settings.theme
  })
  return { isDark, toggle: () => settings.setTheme(isDark.value ? 'light' : 'dark') }
}
