/** Keeps the keyboard in a section whose contents change under it. */
import { nextTick, watch } from 'vue'

/**
 * When what had the focus goes away with a change, the section's heading gets it: people with a
 * keyboard or a screen reader then go on where things happened, not at the top of the page.
 *
 * @param headingId of a heading inside of the `section`; it needs `tabindex="-1"`
 * @param changed what the contents depend on
 */
export function useKeptFocus(headingId: string, changed: () => unknown): void {
  const section = () => document.getElementById(headingId)?.closest('section')
  const isInside = () => section()?.contains(document.activeElement) ?? false
  watch(changed, async () => {
    if (!isInside()) return
    await nextTick()
    if (!isInside()) document.getElementById(headingId)?.focus()
  })
}
