/** Incoming orders sorted by what a merchant has to do about them. */
import type { OrderState } from '@/domain/order'
import { merchantTask, type MerchantTask } from '../order/orderStatus'

/** An order as a merchant's list shows it. */
export interface IncomingOrder {
  readonly order: OrderState
  /** A profile name or what the order says; empty when there is neither. */
  readonly customerName: string
}

export interface TaskGroup {
  readonly name: 'now' | 'waiting' | 'done'
  readonly title: string
  readonly orders: readonly IncomingOrder[]
}

const GROUP_OF: Record<MerchantTask, TaskGroup['name']> = {
  invoice: 'now',
  ship: 'now',
  refund: 'now',
  wait: 'waiting',
  done: 'done',
}
const TITLES: Record<TaskGroup['name'], string> = {
  now: 'To do now',
  waiting: 'Waiting for the customer',
  done: 'Done',
}

/** What to do about an order, as words on a link. */
export const TASK_WORDS: Record<MerchantTask, string> = {
  invoice: 'Send invoice',
  ship: 'Ship',
  refund: 'Settle with customer',
  wait: 'View',
  done: 'View',
}

/** The groups that have orders: what needs doing first, there the oldest on top; else the newest. */
export function taskGroups(incoming: readonly IncomingOrder[]): TaskGroup[] {
  const groups = (['now', 'waiting', 'done'] as const).map((name): TaskGroup => {
    const orders = incoming.filter(({ order }) => GROUP_OF[merchantTask(order)] === name)
    const sign = name === 'now' ? 1 : -1
    return {
      name,
      title: TITLES[name],
      orders: orders.sort((a, b) => sign * (a.order.placedAt - b.order.placedAt)),
    }
  })
  return groups.filter(({ orders }) => orders.length > 0)
}

/** `2 × Teapot, Mug`: what was ordered, by the catalogue's names where they are known. */
export function linesInWords(order: OrderState): string {
  const lines = order.pricing?.lines ?? []
  if (lines.length > 0) {
    return lines
      .map(({ quantity, name }) => (quantity > 1 ? `${quantity} × ${name}` : name))
      .join(', ')
  }
  const count = order.request?.lines.length ?? 0
  return count === 1 ? '1 product' : `${count} products`
}
