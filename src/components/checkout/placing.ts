/** The steps of placing an order, in the order in which they must happen. */

export const PLACING_STEPS = ['saving', 'signing', 'sending'] as const

/** Where placing an order stands; `sent` once a relay has it. */
export type PlacingStep = (typeof PLACING_STEPS)[number] | 'sent'
