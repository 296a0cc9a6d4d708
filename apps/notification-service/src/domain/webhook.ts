import { createHmac } from 'node:crypto'
import { Agent, type buildConnector, request } from 'undici'
import type { Outcome } from './outcome.ts'
import { AddressRefused, createPublicConnector } from './public-address.ts'

interface WebhookMessage {
  url: string
  /** `whsec_` and base64. */
  secret: string
  /** The same for every attempt. */
  id: string
  /** Seconds since 1970 of this attempt. */
  timestamp: number
  body: string
}

/** Posts to the URLs that people registered. */
export interface WebhookSender {
  send(message: WebhookMessage, stopping: AbortSignal): Promise<Outcome>
  close(): Promise<void>
}

export const webhookConnections = 8

const connectTimeout = 5_000
const timeout = 10_000
/** Bytes of a response that are read, and ignored, to keep the connection. */
const maxResponse = 16_384

export const createWebhookSender = (
  connect: buildConnector.connector = createPublicConnector({ timeout: connectTimeout }),
): WebhookSender => {
  const dispatcher = new Agent({ connect, connections: 2, headersTimeout: timeout, bodyTimeout: timeout })
  return {
    send: async ({ url, secret, id, timestamp, body }, stopping) => {
      try {
        // `request` follows no redirects.
        const answer = await request(url, {
          dispatcher,
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            'user-agent': 'TaskFlow',
            'webhook-id': id,
            'webhook-timestamp': String(timestamp),
            'webhook-signature': webhookSignature(secret, `${id}.${timestamp}.${body}`),
          },
          body,
          signal: AbortSignal.any([stopping, AbortSignal.timeout(timeout)]),
        })
        await answer.body.dump({ limit: maxResponse }).catch(() => {})
        return outcomeOf(answer.statusCode)
      } catch (error) {
        const refused = error instanceof AddressRefused
        return { result: refused ? 'refused' : 'later', reason: error instanceof Error ? error.message : String(error) }
      }
    },
    close: () => dispatcher.destroy(),
  }
}

/**
 * The signature of Standard Webhooks 1.0: HMAC-SHA256 over id, time and body, so that none can be changed or replayed.
 */
const webhookSignature = (secret: string, signed: string): string => {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
  return `v1,${createHmac('sha256', key).update(signed).digest('base64')}`
}

/** Temporary failures besides 5xx: timeout, too early, too many requests. */
const temporary = [408, 425, 429]

const outcomeOf = (status: number): Outcome => {
  if (status >= 200 && status < 300) return { result: 'sent' }
  if (status >= 300 && status < 400)
    return { result: 'refused', reason: `answered ${status}: redirects are not followed` }
  return { result: status >= 500 || temporary.includes(status) ? 'later' : 'refused', reason: `answered ${status}` }
}
