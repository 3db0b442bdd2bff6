/** What a customer fills in at checkout, and what is still missing. */
import type { Contact } from '@/domain/order'
import type { DeliveryKind } from '@/domain/stall'

/** Everything of an order that its customer decides, beside the cart. Texts are trimmed. */
export interface CheckoutDraft {
  readonly zoneId: string
  readonly name: string
  /** Empty unless the zone ships. */
  readonly address: string
  readonly message: string
  readonly contact: Contact
}

/** The form's fields as they are typed. */
export interface CheckoutFields {
  zoneId: string
  name: string
  email: string
  phone: string
  address: string
  message: string
}

/** In the order of the page, so that the first error is the one to go to. */
export const FIELD_ORDER = ['zoneId', 'name', 'email', 'phone', 'address', 'message'] as const

export type CheckoutErrors = Partial<Record<keyof CheckoutFields, string>>

export const emptyFields = (): CheckoutFields => ({
  zoneId: '',
  name: '',
  email: '',
  phone: '',
  address: '',
  message: '',
})

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/
const PHONE = /^[+\d][\d\s()/.-]{4,}$/

/** What has to be mended before the order can be placed, by field. */
export function checkFields(fields: CheckoutFields, delivery: DeliveryKind | null): CheckoutErrors {
  const errors: CheckoutErrors = {}
  if (delivery === null) errors.zoneId = 'Choose how you want to get your order.'
  if (delivery === 'shipped' && !fields.name.trim()) {
    errors.name = 'Enter the name for the parcel.'
  }
  if (fields.email.trim() && !EMAIL.test(fields.email.trim())) {
    errors.email = 'Enter an address such as ada@example.org, or leave this empty.'
  }
  if (fields.phone.trim() && !PHONE.test(fields.phone.trim())) {
    errors.phone = 'Enter a number such as +49 151 2345678, or leave this empty.'
  }
  if (delivery === 'shipped' && fields.address.trim().length < 8) {
    errors.address = 'Enter the full address: street, postcode, town and country.'
  }
  return errors
}

/** The draft of checked fields. An address is sent only where something is shipped. */
export function toDraft(fields: CheckoutFields, delivery: DeliveryKind): CheckoutDraft {
  const email = fields.email.trim()
  const phone = fields.phone.trim()
  return {
    zoneId: fields.zoneId,
    name: fields.name.trim(),
    address: delivery === 'shipped' ? fields.address.trim() : '',
    message: fields.message.trim(),
    contact: { ...(email && { email }), ...(phone && { phone }) },
  }
}
