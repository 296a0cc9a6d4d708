import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { rootOrigin } from '../origin.ts'
import { originHeaders } from './origin-headers.ts'
import { Problem } from './problem.ts'

/** How long a connection may take for what, in milliseconds. */
export interface Patience {
  /** To send the head of a request. */
  head: number
  /** To send a whole request: 10 MiB, the largest file, at 1.5 Mbit/s. */
  request: number
  /** With nothing going either way while an answer is due: a client that reads no more. */
  stalled: number
  /** Between two requests. A sidecar keeps its own for 90 s (Go's http.DefaultTransport): it must be the one to close. */
  idle: number
  /** Between two looks at heads and requests. */
  check: number
}

export const patience: Patience = { head: 10_000, request: 60_000, stalled: 120_000, idle: 120_000, check: 1_000 }

/** Bytes of a request's line and headers together. */
const largestHead = 16_384

/**
 * A server that nobody can keep busy by being slow. How long a request may take to be answered has no limit here: streams
 * stay open, their heartbeats go oftener than `stalled`, and `withoutHurry` exempts the sidecar.
 */
export const createHttpServer = (listener: RequestListener, times: Partial<Patience> = {}): Server => {
  const { head, request, stalled, idle, check } = { ...patience, ...times }
  const server = createServer({
    headersTimeout: head,
    requestTimeout: request,
    keepAliveTimeout: idle,
    connectionsCheckingInterval: check,
    maxHeaderSize: largestHead,
  })
  server.timeout = stalled
  const answers = new WeakMap<object, ServerResponse>()
  server.on('request', (asked, response) => {
    answers.set(asked.socket, response)
    listener(asked, response)
  })
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    // Half an answer cannot be made good by another one behind it.
    if (!socket.writable || answers.get(socket)?.headersSent) socket.destroy()
    else socket.end(answerTo(error), () => socket.destroy())
  })
  return server
}

/** Lets whoever is on this connection take as long as it wants with the request that is being answered. */
export const withoutHurry = (socket: Socket): void => void socket.setTimeout(0)

/** The whole answer to what is no request. */
const answerTo = ({ code }: NodeJS.ErrnoException): string => {
  const problem =
    code === 'HPE_HEADER_OVERFLOW'
      ? new Problem('head-too-large', `address and headers are larger than ${largestHead} bytes; send less in them`)
      : code === 'ERR_HTTP_REQUEST_TIMEOUT'
        ? new Problem('too-slow', 'the request did not come in time; send it again, faster or in smaller parts')
        : new Problem('malformed', 'this is not HTTP/1.1; send a well-formed request')
  const body = JSON.stringify(problem.body())
  const headers = {
    ...originHeaders(rootOrigin()),
    'content-type': 'application/problem+json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    connection: 'close',
  }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  return [`HTTP/1.1 ${problem.status} ${problem.title}`, ...lines, '', body].join('\r\n')
}
