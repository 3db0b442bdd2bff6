// @vitest-environment happy-dom
/** Connecting a bunker, and what is shown while an extension or a bunker is waited for. */
import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import BunkerForm from '@/components/account/BunkerForm.vue'
import SignerNotice from '@/components/account/SignerNotice.vue'
import SignerQuestion from '@/components/account/SignerQuestion.vue'
import { keyProblem } from '@/components/account/signIn'

const question = { holder: 'your bunker', authUrl: null }
const withText = (wrapper: ReturnType<typeof mount>, text: string) =>
  wrapper.findAll('button').find((button) => button.text() === text)

describe('BunkerForm', () => {
  it('wants a bunker link, and says so at the field', async () => {
    const wrapper = mount(BunkerForm)
    await wrapper.get('[name=bunker-link]').setValue('npub1xyz')
    await wrapper.get('form').trigger('submit')
    expect(wrapper.emitted('connect')).toBeUndefined()
    expect(wrapper.text()).toContain('starts with bunker://')
    await wrapper.get('[name=bunker-link]').setValue(' bunker://abc?relay=wss://r.example ')
    await wrapper.get('form').trigger('submit')
    expect(wrapper.emitted('connect')).toEqual([['bunker://abc?relay=wss://r.example']])
  })

  it('shows the code of an invitation in place of the form, and can be left', async () => {
    const invitation = { link: 'nostrconnect://abc', qr: { size: 10, path: 'M0 0h1v1h-1z' } }
    const wrapper = mount(BunkerForm, { props: { busy: true, invitation } })
    expect(wrapper.get('[role=img]').attributes('aria-label')).toBe('QR code for your bunker')
    expect(wrapper.find('form').exists()).toBe(false)
    await withText(wrapper, 'Cancel')?.trigger('click')
    expect(wrapper.emitted('giveUp')).toHaveLength(1)
  })
})

describe('SignerQuestion', () => {
  it('names who is waited for, and can be given up', async () => {
    const wrapper = mount(SignerQuestion, { props: { question } })
    expect(wrapper.text()).toContain('Waiting for your bunker.')
    expect(wrapper.find('a').exists()).toBe(false)
    await wrapper.get('button').trigger('click')
    expect(wrapper.emitted('giveUp')).toHaveLength(1)
  })

  it('shows where to confirm, by its host, and gives that page no hold on this one', () => {
    const authUrl = 'https://user:pass@bunker.example:444/confirm?id=1'
    const wrapper = mount(SignerQuestion, { props: { question: { ...question, authUrl } } })
    expect(wrapper.get('strong').text()).toBe('bunker.example:444')
    expect(wrapper.get('a').attributes()).toMatchObject({
      href: authUrl,
      target: '_blank',
      rel: 'noopener noreferrer',
    })
  })
})

describe('SignerNotice', () => {
  it('draws nothing while all is well', () => {
    const wrapper = mount(SignerNotice, { props: { question: null, otherAccount: '' } })
    expect(wrapper.find('aside').exists()).toBe(false)
  })

  it('tells of another account, with both ways back', async () => {
    const otherAccount = 'Your extension answered with another account.'
    const wrapper = mount(SignerNotice, {
      props: { question: null, otherAccount, canUseOther: true },
    })
    expect(wrapper.get('[role=alert]').text()).toContain(otherAccount)
    await withText(wrapper, 'I switched back')?.trigger('click')
    await withText(wrapper, 'Sign in with the other account')?.trigger('click')
    expect(Object.keys(wrapper.emitted())).toEqual(
      expect.arrayContaining(['switchedBack', 'useOther']),
    )
  })
})

describe('a pasted secret', () => {
  it('may be a list of words, which is judged when it is opened', () => {
    expect(keyProblem('leader monkey parrot')).toBeNull()
    expect(keyProblem('leader')).toContain('12 or 24 words')
  })
})
