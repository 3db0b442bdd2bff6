/** Starts the independent relay in memory and prints its url: `node server.mjs [port] [--auth]`. */
import core from '@nostr-relay/core'
import common from '@nostr-relay/common'
import sqlite from '@nostr-relay/event-repository-sqlite'
import validation from '@nostr-relay/validator'
import { WebSocketServer } from 'ws'

const HOST = '127.0.0.1'
const args = process.argv.slice(2)
const port = Number(args.find((arg) => !arg.startsWith('--')) ?? 0)

const repository = new sqlite.EventRepositorySqlite(':memory:', { defaultLimit: 20_000 })
await repository.init()

// Both caches answer from the past: old query results, and the refusal of a forged twin.
const relay = new core.NostrRelay(repository, {
  hostname: args.includes('--auth') ? HOST : undefined,
  logLevel: common.LogLevel.ERROR,
  maxSubscriptionsPerClient: 500,
  filterResultCacheTtl: 0,
  eventHandlingResultCacheTtl: 0,
})
const validator = new validation.Validator({ maxContentLength: 400_000 })

async function hear(socket, data) {
  try {
    await relay.handleMessage(socket, await validator.validateIncomingMessage(data))
  } catch (error) {
    socket.send(JSON.stringify(['NOTICE', error instanceof Error ? error.message : String(error)]))
  }
}

const server = new WebSocketServer({ host: HOST, port })
server.on('connection', (socket) => {
  relay.handleConnection(socket)
  socket.on('message', (data) => hear(socket, data))
  socket.on('close', () => relay.handleDisconnect(socket))
  socket.on('error', () => relay.handleDisconnect(socket))
})
server.on('error', (error) => {
  console.error(`The independent relay cannot listen on port ${port}: ${error.message}`)
  process.exit(1)
})
server.on('listening', () => {
  const url = `ws://${HOST}:${server.address().port}`
  console.log(url)
  process.send?.(url)
})
// Started by another program, it ends with that program, however that one ended.
process.on('disconnect', () => process.exit(0))
