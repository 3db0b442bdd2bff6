/** Finds the Chromium that the browser tests use, or installs it where the platform allows. */
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import process from 'node:process'
import { run } from './programs.mjs'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const ELSEWHERE = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]
const ADVICE = [
  'The browser tests need Chromium, and none was found. Install it, for example with',
  '  apt-get install chromium      (Debian, as root)',
  '  brew install --cask chromium  (macOS)',
  'or set CHROMIUM_PATH to a Chromium or Chrome that is installed elsewhere.',
].join('\n')

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

const onPath = (name) =>
  (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, name))
    .find(isProgram)

/** The path of a Chromium, or null. Throws when CHROMIUM_PATH names a file that is none. */
export function findChromium() {
  const named = process.env.CHROMIUM_PATH
  if (named && !isProgram(named)) {
    throw new Error(`CHROMIUM_PATH is ${named}, but no program is there.`)
  }
  if (named) return named
  for (const name of NAMES) {
    const found = onPath(name)
    if (found) return found
  }
  return ELSEWHERE.find(isProgram) ?? null
}

async function installWithApt() {
  const env = { DEBIAN_FRONTEND: 'noninteractive' }
  console.log('No Chromium found: installing it with apt-get.')
  const updated = await run('apt-get', ['update', '-q'], { env })
  if (updated !== 0) return
  await run('apt-get', ['install', '-y', '-q', 'chromium', 'fonts-liberation'], { env })
}

/** The path of a Chromium, installed first if need be. Throws with what to install. */
export async function ensureChromium() {
  const found = findChromium()
  if (found) return found
  const mayInstall = process.getuid?.() === 0 && onPath('apt-get')
  if (mayInstall) await installWithApt()
  const installed = findChromium()
  if (!installed) throw new Error(ADVICE)
  return installed
}
