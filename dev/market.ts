/** The program behind `npm start` and `npm run dev`: starts the market and says where it is. */
import process from 'node:process'
import {
  BusyPort,
  startMarket,
  type MarketOptions,
  type Part,
  type RunningMarket,
} from './embeddedMarket'

const VARIABLES = {
  app: 'SOUK_PORT',
  relay: 'SOUK_RELAY_PORT',
  wallet: 'SOUK_WALLET_PORT',
} as const satisfies Record<Part, string>
const DEFAULT_PORTS: Record<Part, number> = { app: 7770, relay: 7777, wallet: 7778 }
const CLOSING_TIME_MS = 2000

/** A setting that cannot be used. */
class BadSetting extends Error {}

function portOf(part: Part): number {
  const text = process.env[VARIABLES[part]]
  if (text === undefined || text === '') return DEFAULT_PORTS[part]
  const port = Number(text)
  if (Number.isInteger(port) && port >= 0 && port <= 65535) return port
  throw new BadSetting(`${VARIABLES[part]} must be a port from 0 to 65535, not "${text}".`)
}

const options = (): MarketOptions => ({
  ports: { app: portOf('app'), relay: portOf('relay'), wallet: portOf('wallet') },
  relayUrl: process.env.SOUK_RELAY_URL || undefined,
  relayFile: process.env.SOUK_RELAY_FILE || undefined,
  app: process.argv.includes('--development') ? 'sources' : 'built',
  log: (line) => console.log(`  ${line}`),
})

function welcome({ appUrl, relayUrl, walletUrl, merchants }: RunningMarket): string {
  const byHand = merchants.find(({ answeredBy }) => answeredBy === 'person')
  return `
  Souk is open:  ${appUrl}

  Buy something   Choose a product and check out. No account is needed: a key is made for you.
                  Pay with the demo wallet that the payment page offers. Nothing costs real money.
  Sell something  Sign in as the demo merchant${byHand ? ` "${byHand.name}"` : ''} with one click, on the account page.
                  The other merchants answer their orders by themselves.

  Relay ${relayUrl}   Wallet ${walletUrl}
  Ctrl-C ends everything.
`
}

/** Ends the market once, quietly, and soon even if a part hangs. */
function endOnSignals(market: Promise<RunningMarket>): void {
  let ending = false
  const end = () => {
    if (ending) return
    ending = true
    setTimeout(() => process.exit(0), CLOSING_TIME_MS).unref()
    market
      .then((running) => running.close())
      .then(
        () => process.exit(0),
        () => process.exit(1),
      )
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end)
}

function explain(error: unknown): string {
  if (error instanceof BadSetting) return error.message
  if (error instanceof BusyPort) {
    const variable = VARIABLES[error.part]
    return `${error.message} End the program that uses it, or choose another port with ${variable}, for example ${variable}=0 for any free one.`
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

try {
  const starting = startMarket(options())
  endOnSignals(starting)
  console.log(welcome(await starting))
} catch (error) {
  console.error(explain(error))
  process.exit(1)
}
