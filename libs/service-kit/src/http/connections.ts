import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { rootOrigin } from '../origin.ts'
import { originHeaders } from './origin-headers.ts'
import { Problem } from './problem.ts'

/** Limits of a connection, in milliseconds. */
export interface ConnectionTimeouts {
  /** To send the headers of a request. */
  head: number
  /** To send a whole request: 10 MiB, the largest file, at 1.5 Mbit/s. */
  request: number
  /** Without traffic while a response is pending: a client that no longer reads. */
  stalled: number
  /** Between two requests. A sidecar closes its connections after 90 s (docs/dapr-behaviour.md), and must be first. */
  idle: number
  /** Interval at which `head` and `request` are checked. */
  check: number
}

const defaultTimeouts: ConnectionTimeouts = {
  head: 10_000,
  request: 60_000,
  stalled: 120_000,
  idle: 120_000,
  check: 1_000,
}

/** Bytes of a request's line and headers together. */
const maxHeadBytes = 16_384

/**
 * A server that slow clients cannot keep busy. A response may take any time: streams stay open, as their heartbeats are
 * more frequent than `stalled`, and `disableSocketTimeout` exempts the sidecar.
 */
export const createHttpServer = (listener: RequestListener, timeouts: Partial<ConnectionTimeouts> = {}): Server => {
  const { head, request, stalled, idle, check } = { ...defaultTimeouts, ...timeouts }
  const server = createServer({
    headersTimeout: head,
    requestTimeout: request,
    keepAliveTimeout: idle,
    connectionsCheckingInterval: check,
    maxHeaderSize: maxHeadBytes,
  })
  server.timeout = stalled
  const responses = new WeakMap<object, ServerResponse>()
  server.on('request', (request, response) => {
    responses.set(request.socket, response)
    listener(request, response)
  })
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    // After half a response, an error response would only be garbage.
    if (!socket.writable || responses.get(socket)?.headersSent) socket.destroy()
    else socket.end(responseTo(error), () => socket.destroy())
  })
  return server
}

/** Exempts the current request of this connection from the `stalled` timeout. */
export const disableSocketTimeout = (socket: Socket): void => void socket.setTimeout(0)

/** The whole response to something that is not a request. */
const responseTo = ({ code }: NodeJS.ErrnoException): string => {
  const problem =
    code === 'HPE_HEADER_OVERFLOW'
      ? new Problem('head-too-large', `address and headers are larger than ${maxHeadBytes} bytes; send less in them`)
      : code === 'ERR_HTTP_REQUEST_TIMEOUT'
        ? new Problem('too-slow', 'the request did not come in time; send it again, faster or in smaller parts')
        : new Problem('malformed', 'this is not HTTP/1.1; send a well-formed request')
  const body = JSON.stringify(problem.body())
  const headers = {
    ...originHeaders(rootOrigin()),
    'content-type': 'application/problem+json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    // As helmet sets them on every other answer.
    'strict-transport-security': 'max-age=31536000; includeSubDomains',
    'x-content-type-options': 'nosniff',
    connection: 'close',
  }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  return [`HTTP/1.1 ${problem.status} ${problem.title}`, ...lines, '', body].join('\r\n')
}

/** Accepts no more, waits up to 10 s for requests in flight (no handler runs longer), then closes all connections. */
export const closeServer = async (server: Server): Promise<void> => {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  const sweep = setInterval(() => server.closeIdleConnections(), 50)
  const force = setTimeout(() => server.closeAllConnections(), 10_000)
  await closed
  clearInterval(sweep)
  clearTimeout(force)
}
