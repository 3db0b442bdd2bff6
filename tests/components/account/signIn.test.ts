// @vitest-environment happy-dom
/** Signing in with a key of one's own, and keeping one. */
import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import KeepKeyForm from '@/components/account/KeepKeyForm.vue'
import SecretKeyForm from '@/components/account/SecretKeyForm.vue'
import SignInPanel from '@/components/account/SignInPanel.vue'

const NSEC = `nsec1${'q'.repeat(58)}`
const NCRYPTSEC = `ncryptsec1${'q'.repeat(150)}`

describe('SecretKeyForm', () => {
  it('asks for a password only where the key has one', async () => {
    const wrapper = mount(SecretKeyForm)
    await wrapper.get('[name=secret-key]').setValue(` ${NSEC} `)
    expect(wrapper.find('[name=key-password]').exists()).toBe(false)
    await wrapper.get('form').trigger('submit')
    expect(wrapper.emitted('submit')?.[0]).toEqual([{ text: NSEC, password: null }])

    await wrapper.get('[name=secret-key]').setValue(NCRYPTSEC)
    await wrapper.get('form').trigger('submit')
    expect(wrapper.text()).toContain('Enter the password of this key.')
    await wrapper.get('[name=key-password]').setValue(' secret ')
    await wrapper.get('form').trigger('submit')
    expect(wrapper.emitted('submit')?.[1]).toEqual([{ text: NCRYPTSEC, password: ' secret ' }])
  })

  it('tells a public key from a secret one', async () => {
    const wrapper = mount(SecretKeyForm)
    await wrapper.get('[name=secret-key]').setValue(`npub1${'q'.repeat(58)}`)
    await wrapper.get('form').trigger('submit')
    expect(wrapper.emitted('submit')).toBeUndefined()
    expect(wrapper.text()).toContain('This is a public key.')
  })
})

describe('KeepKeyForm', () => {
  it('wants the same long password twice', async () => {
    const wrapper = mount(KeepKeyForm)
    const type = async (first: string, second: string) => {
      await wrapper.get('[name=new-password]').setValue(first)
      await wrapper.get('[name=repeat-password]').setValue(second)
      await wrapper.get('form').trigger('submit')
    }
    await type('short', 'short')
    expect(wrapper.text()).toContain('Use at least 10 characters.')
    await type('long enough', 'long enoughh')
    expect(wrapper.text()).toContain('The two passwords differ.')
    expect(wrapper.emitted('encrypt')).toBeUndefined()
    await type('long enough', 'long enough')
    expect(wrapper.emitted('encrypt')).toEqual([['long enough']])
  })

  it('offers the finished copy as text and as a file', () => {
    const wrapper = mount(KeepKeyForm, { props: { ncryptsec: NCRYPTSEC } })
    expect(wrapper.get('code').text()).toBe(NCRYPTSEC)
    const link = wrapper.get('a[download]')
    expect(link.attributes('href')).toBe(`data:text/plain;charset=utf-8,${NCRYPTSEC}`)
  })
})

describe('SignInPanel', () => {
  it('offers only what is there', async () => {
    const bare = mount(SignInPanel, { props: { hasExtension: false } })
    expect(bare.text()).not.toContain('Sign in with extension')
    expect(bare.text()).not.toContain('merchant')
    const demoMerchants = [{ id: 'm1', name: 'Mira' }]
    const full = mount(SignInPanel, { props: { hasExtension: true, demoMerchants } })
    await full
      .findAll('button')
      .find((button) => button.text() === 'Sign in as Mira')
      ?.trigger('click')
    expect(full.emitted('demo')).toEqual([['m1']])
  })
})
