/** Sockets without a network: what a relay answers to each frame is a function. */

/** Frames, as texts, that a relay sends when it gets this one. */
export type Script = (frame: readonly unknown[]) => readonly string[]

/** A constructor of sockets whose relays follow these scripts, by their addresses. */
export function scriptedSockets(scripts: Readonly<Record<string, Script>>) {
  return class ScriptedSocket {
    onopen: ((event: never) => void) | null = null
    onmessage: ((event: never) => void) | null = null
    onerror: ((event: never) => void) | null = null
    onclose: ((event: never) => void) | null = null
    readonly #script: Script
    #closed = false

    constructor(url: string) {
      this.#script = scripts[url.replace(/\/$/, '')] ?? (() => [])
      queueMicrotask(() => this.#closed || this.onopen?.({} as never))
    }

    send(text: string): void {
      const answers = this.#script(JSON.parse(text) as unknown[])
      queueMicrotask(() => {
        for (const data of answers) if (!this.#closed) this.onmessage?.({ data } as never)
      })
    }

    close(): void {
      this.#closed = true
    }
  }
}
