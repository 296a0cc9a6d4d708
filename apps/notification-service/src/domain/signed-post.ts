import { createHmac } from 'node:crypto'
import { type Dispatcher, request } from 'undici'

export interface SignedPost {
  url: string
  /** `whsec_` and base64. */
  secret: string
  /** The same for every attempt. */
  id: string
  /** Seconds since 1970 of this attempt. */
  timestamp: number
  body: string
}

/** Posts a message and reads at most `maxResponse` bytes of the response. Redirects are not followed. */
export const postSigned = async (
  dispatcher: Dispatcher,
  { url, secret, id, timestamp, body }: SignedPost,
  { signal, maxResponse }: { signal: AbortSignal; maxResponse: number },
): Promise<{ status: number; text: string }> => {
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
    signal,
  })
  return { status: answer.statusCode, text: await beginningOf(answer.body, maxResponse) }
}

/** What is read of a response, up to about `max` bytes; a longer one is cut off and its connection closed. */
const beginningOf = async (body: Dispatcher.ResponseData['body'], max: number): Promise<string> => {
  const chunks: Buffer[] = []
  let length = 0
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      chunks.push(chunk)
      length += chunk.length
      if (length >= max) break
    }
  } catch {
    // The status counts.
  }
  return Buffer.concat(chunks).toString()
}

/**
 * The signature of Standard Webhooks 1.0: HMAC-SHA256 over id, time and body, so that none can be changed or replayed.
 */
const webhookSignature = (secret: string, signed: string): string => {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
  return `v1,${createHmac('sha256', key).update(signed).digest('base64')}`
}
