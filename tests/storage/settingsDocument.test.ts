import { describe, expect, it } from 'vitest'
import { createSettingsDocument } from '@/storage/settingsDocument'
import { createFakeBrowser } from './fakeBrowser'

function open(browser = createFakeBrowser()) {
  const { storage, events } = browser.openTab()
  return { settings: createSettingsDocument({ storage, events }) }
}

describe('the settings', () => {
  it('have a theme, which follows the system at first', () => {
    const { settings } = open()
    expect(settings.read().theme).toBe('system')
    settings.change({ theme: 'dark' })
    expect(settings.read().theme).toBe('dark')
  })

  it('have the theme of the other tabs', () => {
    const browser = createFakeBrowser()
    const [here, there] = [open(browser), open(browser)]
    const heard: string[] = []
    here.settings.onChange(({ theme }) => heard.push(theme))
    there.settings.change({ theme: 'light' })
    browser.settle()
    expect(heard).toEqual(['light'])
  })
})
