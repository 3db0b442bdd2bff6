/** What the benchmark uses of a program in plain JavaScript. */
declare module '*/dev/chromium.mjs' {
  /** The path of a Chromium, or null. Throws when CHROMIUM_PATH names a file that is none. */
  export function findChromium(): string | null
}
