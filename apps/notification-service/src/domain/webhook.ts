import { Agent, type buildConnector } from 'undici'
import type { Outcome } from './outcome.ts'
import { createPublicConnector } from './public-address.ts'
import { postSigned, type SignedPost } from './signed-post.ts'

/** Posts to the URLs that people registered. */
export interface WebhookSender {
  send(message: SignedPost, stopping: AbortSignal): Promise<Outcome>
  /** Whether the receiver repeats a challenge: with 2xx, and nothing else in its response. */
  challenge(message: SignedPost, challenge: string): Promise<{ passed: true } | { passed: false; detail: string }>
  close(): Promise<void>
}

/** Posts in flight at most. */
export const webhookPlaces = 64
/** How many of them are for receivers that were slow. */
export const slowWebhookPlaces = 16

const connectTimeout = 5_000
const timeout = 10_000
/** Connections to one host: many people use the same. */
const connections = 16
/** chat-api and its caller wait for a challenge: service invocation gives up after 5 s. */
const challengeTimeout = 4_000
/** Bytes of a response that are read, and ignored, to keep the connection. */
const maxResponse = 16_384

export const createWebhookSender = (
  connect: buildConnector.connector = createPublicConnector({ timeout: connectTimeout }),
): WebhookSender => {
  const dispatcher = new Agent({ connect, connections })
  return {
    send: async (message, stopping) => {
      const signal = AbortSignal.any([stopping, AbortSignal.timeout(timeout)])
      try {
        return outcomeOf((await postSigned(dispatcher, message, { signal, maxResponse })).status)
      } catch (error) {
        // One sentence, and one outcome, for all: whether a name leads into the operator's network must not show.
        return { result: 'later', reason: 'the webhook could not be reached', detail: detailOf(error) }
      }
    },
    challenge: async (message, challenge) => {
      const signal = AbortSignal.timeout(challengeTimeout)
      try {
        const { status, text } = await postSigned(dispatcher, message, { signal, maxResponse })
        const passed = status >= 200 && status < 300 && isRepeated(text, challenge)
        return passed ? { passed } : { passed, detail: `answered ${status} without the challenge` }
      } catch (error) {
        return { passed: false, detail: detailOf(error) }
      }
    },
    close: () => dispatcher.destroy(),
  }
}

const detailOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** The challenge as it is, or as `{"challenge": "..."}`. A server that repeats whatever it is sent does not pass. */
const isRepeated = (text: string, challenge: string): boolean => {
  if (text.trim() === challenge) return true
  try {
    const answer: unknown = JSON.parse(text)
    if (typeof answer !== 'object' || answer === null) return answer === challenge
    return 'challenge' in answer && answer.challenge === challenge && Object.keys(answer).length === 1
  } catch {
    return false
  }
}

/** Temporary failures besides 5xx: timeout, too early, too many requests. */
const temporary = [408, 425, 429]

const outcomeOf = (status: number): Outcome => {
  if (status >= 200 && status < 300) return { result: 'sent' }
  if (status >= 300 && status < 400)
    return { result: 'refused', reason: `answered ${status}: redirects are not followed` }
  return { result: status >= 500 || temporary.includes(status) ? 'later' : 'refused', reason: `answered ${status}` }
}
