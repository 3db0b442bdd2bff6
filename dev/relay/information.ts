/** What the relay says about itself over HTTP (NIP-11). */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { MAX_FRAME_BYTES, MAX_SECONDS_AHEAD, MAX_SUBSCRIPTION_ID } from './session'

const CORS = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Allow-Headers': '*',
  'Access-Control-Allow-Methods': 'GET, OPTIONS',
}

export interface RelayDescription {
  readonly name: string
  readonly maxLimit: number
  readonly authRequired: boolean
}

const documentOf = ({ name, maxLimit, authRequired }: RelayDescription) => ({
  name,
  description: 'A relay for trying Souk on one machine. It keeps events in memory.',
  software: 'souk',
  supported_nips: [1, 9, 11, 40, 42, 45, 50],
  limitation: {
    max_message_length: MAX_FRAME_BYTES,
    max_limit: maxLimit,
    max_subid_length: MAX_SUBSCRIPTION_ID,
    created_at_upper_limit: MAX_SECONDS_AHEAD,
    auth_required: authRequired,
    payment_required: false,
  },
})

/** Answers plain HTTP requests; the events themselves travel by websocket. */
export function createInformation(description: RelayDescription) {
  const document = JSON.stringify(documentOf(description))
  return (request: IncomingMessage, response: ServerResponse): void => {
    if (request.method === 'OPTIONS') {
      response.writeHead(204, CORS).end()
    } else if (request.headers.accept?.includes('application/nostr+json')) {
      response.writeHead(200, { ...CORS, 'Content-Type': 'application/nostr+json' }).end(document)
    } else {
      const text = `${description.name} speaks Nostr: connect to it by websocket.\n`
      response.writeHead(200, { ...CORS, 'Content-Type': 'text/plain; charset=utf-8' }).end(text)
    }
  }
}
