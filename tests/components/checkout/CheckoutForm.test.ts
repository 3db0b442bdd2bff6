// @vitest-environment happy-dom
/** The checkout asks only what the delivery needs, says what is wrong, and goes there. */
import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import { nextTick } from 'vue'
import type { Address, EventId } from '@/domain/ids'
import type { Stall } from '@/domain/stall'
import CheckoutForm from '@/components/checkout/CheckoutForm.vue'
import { MERCHANT } from '../order/samples'

const STALL: Stall = {
  address: `30017:${MERCHANT}:stall` as Address,
  merchant: MERCHANT,
  id: 'stall',
  name: 'Kiln and Clay',
  description: '',
  currency: 'EUR',
  zones: [
    { id: 'eu', name: 'European Union', cost: 6.9, countries: ['Germany', 'France'] },
    { id: 'online-x', name: 'Online', cost: 0, countries: [] },
    { id: 'shop', name: 'Pickup at the workshop', cost: 0, countries: ['Leipzig'] },
  ],
  eventId: 'e'.repeat(64) as EventId,
  publishedAt: 1,
}

const form = (props: Record<string, unknown> = {}) =>
  mount(CheckoutForm, {
    props: { formId: 'checkout', stall: STALL, ...props },
    attachTo: document.body,
  })
type Form = ReturnType<typeof form>

const choose = (wrapper: Form, zone: string) => wrapper.get(`input[value="${zone}"]`).setValue(true)
const fill = (wrapper: Form, name: string, text: string) =>
  wrapper.get(`[name="${name}"]`).setValue(text)
async function submit(wrapper: Form) {
  await wrapper.get('form').trigger('submit')
  await nextTick()
}

describe('CheckoutForm', () => {
  it('asks for an address only where something is shipped', async () => {
    const wrapper = form()
    expect(wrapper.find('[name=address]').exists()).toBe(false)
    await choose(wrapper, 'eu')
    expect(wrapper.get('[name=address]').attributes('autocomplete')).toBe('street-address')
    await choose(wrapper, 'online-x')
    expect(wrapper.find('[name=address]').exists()).toBe(false)
    expect(wrapper.text()).toContain('files or links as a private message')
    await choose(wrapper, 'shop')
    expect(wrapper.find('[name=address]').exists()).toBe(false)
    expect(wrapper.text()).toContain('You pick this up')
    expect(wrapper.emitted('zone')).toEqual([['eu'], ['online-x'], ['shop']])
    wrapper.unmount()
  })

  it('shows cost and countries of each zone, with what the products add', () => {
    const wrapper = form({ zoneExtras: { eu: 2 } })
    const labels = wrapper.findAll('label').map((label) => label.text())
    expect(labels[0]).toContain('Germany, France')
    expect(labels[0]).toContain('€8.90')
    expect(labels[1]).toContain('Free')
    wrapper.unmount()
  })

  it('says what is missing beside the field and goes to the first', async () => {
    const wrapper = form()
    await submit(wrapper)
    expect(wrapper.emitted('submit')).toBeUndefined()
    expect(wrapper.text()).toContain('Choose how you want to get your order.')
    expect(document.activeElement).toBe(wrapper.get('input[value="eu"]').element)

    await choose(wrapper, 'eu')
    await fill(wrapper, 'name', 'Ada')
    await fill(wrapper, 'email', 'not an address')
    await submit(wrapper)
    const email = wrapper.get('[name=email]')
    const address = wrapper.get('[name=address]')
    expect([email, address].map((control) => control.attributes('aria-invalid'))).toEqual([
      'true',
      'true',
    ])
    expect(document.activeElement).toBe(address.element)
    const described = address.attributes('aria-describedby')?.split(' ') ?? []
    expect(described.map((id) => document.getElementById(id)?.textContent).join()).toContain(
      'Enter the full address',
    )
    wrapper.unmount()
  })

  it('drops an error as soon as it is mended', async () => {
    const wrapper = form({ initialZoneId: 'eu' })
    await submit(wrapper)
    expect(wrapper.text()).toContain('Enter the name for the parcel.')
    await fill(wrapper, 'name', 'Ada')
    expect(wrapper.text()).not.toContain('Enter the name for the parcel.')
    expect(wrapper.text()).toContain('Enter the full address')
    wrapper.unmount()
  })

  it('hands over a trimmed draft', async () => {
    const wrapper = form({ initialZoneId: 'eu', initial: { name: ' Ada ' } })
    await fill(wrapper, 'address', ' 1 Long Street, 04109 Leipzig ')
    await fill(wrapper, 'email', 'ada@example.org')
    await fill(wrapper, 'message', ' Ring twice. ')
    await submit(wrapper)
    expect(wrapper.emitted('submit')).toEqual([
      [
        {
          zoneId: 'eu',
          name: 'Ada',
          address: '1 Long Street, 04109 Leipzig',
          message: 'Ring twice.',
          contact: { email: 'ada@example.org' },
        },
      ],
    ])
    wrapper.unmount()
  })

  it('sends no address that was typed before a digital delivery was chosen', async () => {
    const wrapper = form({ initialZoneId: 'eu' })
    await fill(wrapper, 'address', '1 Long Street, 04109 Leipzig')
    await choose(wrapper, 'online-x')
    await submit(wrapper)
    expect(wrapper.emitted('submit')?.[0]?.[0]).toMatchObject({ zoneId: 'online-x', address: '' })
    wrapper.unmount()
  })
})
