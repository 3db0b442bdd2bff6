/** Faults of the way itself: frames lost, late, doubled, out of order, repeated, and broken connections. */
import { typeOf, type Direction, type Fault, type Frame, type Handler } from './fault'

const simple = (
  name: string,
  handle: (link: Parameters<Fault['attach']>[0]) => Handler,
): Fault => ({
  name,
  attach(link) {
    const handler = handle(link)
    return (frame, next) => {
      link.spoilt(name)
      handler(frame, next)
    }
  },
})

/** The frame never arrives. */
export const drop = (): Fault => simple('drop', () => () => undefined)

/** The frame arrives between `min` and `max` milliseconds late, so that others overtake it. */
export const delay = (min: number, max = min): Fault =>
  simple('delay', (link) => (frame, next) => {
    link.later(min + link.random() * (max - min), () => next(frame))
  })

/** The frame arrives more than once. */
export const duplicate = (times = 2): Fault =>
  simple('duplicate', () => (frame, next) => {
    for (let n = 0; n < times; n++) next(frame)
  })

/** The frame arrives after the one that follows it, or after `patience` milliseconds if none does. */
export function reorder(patience = 100): Fault {
  return {
    name: 'reorder',
    attach(link) {
      const held: Record<Direction, (() => void) | null> = { 'to-relay': null, 'to-client': null }
      return (frame, next) => {
        const { direction } = frame
        const release = held[direction]
        if (release) {
          next(frame)
          return release()
        }
        link.spoilt('reorder')
        const mine = () => {
          if (held[direction] !== mine) return
          held[direction] = null
          next(frame)
        }
        held[direction] = mine
        link.later(patience, mine)
      }
    },
  }
}

/** With the frame comes an earlier one once more. */
export function replay(memory = 50): Fault {
  return {
    name: 'replay',
    attach(link) {
      const earlier: Frame[] = []
      return (frame, next) => {
        next(frame)
        const old = earlier.filter(({ direction }) => direction === frame.direction)
        const again = old[Math.floor(link.random() * old.length)]
        if (again) {
          link.spoilt('replay')
          next(again)
        }
        earlier.push(frame)
        if (earlier.length > memory) earlier.shift()
      }
    },
  }
}

/** The connection is cut in place of the frame. */
export const cut = (): Fault => simple('cut', (link) => () => link.cut())

/** The frame arrives with a part of its text missing. */
export const truncate = (): Fault =>
  simple('truncate', (link) => (frame, next) => {
    next({ ...frame, text: frame.text.slice(0, Math.floor(link.random() * frame.text.length)) })
  })

/** Not even the handshake is answered: the socket opens, and nothing comes. */
export const blackHole = (): Fault => ({
  name: 'black-hole',
  attach: () => () => undefined,
  stallsHandshake: true,
})

/** After `frames` frames in either direction nothing passes any more, and the connection stays open. */
export function halfOpen(frames = 0): Fault {
  return {
    name: 'half-open',
    attach(link) {
      let seen = 0
      return (frame, next) => {
        if (seen++ < frames) return next(frame)
        link.spoilt('half-open')
      }
    },
  }
}

/** Applies a fault to some frames only; the others pass. */
export function when(
  test: (frame: Frame, count: number, random: () => number) => boolean,
  fault: Fault,
): Fault {
  return {
    ...fault,
    attach(link) {
      const handler = fault.attach(link)
      let count = 0
      return (frame, next) =>
        test(frame, count++, link.random) ? handler(frame, next) : next(frame)
    },
  }
}

/** Applies a fault to this share of frames, 0 to 1. */
export const sometimes = (share: number, fault: Fault): Fault =>
  when((_frame, _count, random) => random() < share, fault)

/** Applies a fault to frames in one direction. */
export const towards = (direction: Direction, fault: Fault): Fault =>
  when((frame) => frame.direction === direction, fault)

/** Applies a fault to messages of these types, such as `EVENT` or `OK`. */
export const onType = (types: readonly string[], fault: Fault): Fault =>
  when((frame) => types.includes(typeOf(frame)), fault)

/** Applies a fault to the frame with this number of each connection, counted from 0. */
export const atFrame = (number: number, fault: Fault): Fault =>
  when((_frame, count) => count === number, fault)

/** For each frame one of the faults, drawn by weight; what is left of 1 passes untouched. */
export function oneOf(choices: readonly (readonly [weight: number, fault: Fault])[]): Fault {
  return {
    name: 'one-of',
    attach(link) {
      const handlers = choices.map(([weight, fault]) => ({ weight, handle: fault.attach(link) }))
      return (frame, next) => {
        let left = link.random()
        const drawn = handlers.find(({ weight }) => (left -= weight) < 0)
        if (drawn) drawn.handle(frame, next)
        else next(frame)
      }
    },
  }
}
