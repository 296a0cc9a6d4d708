import { setTimeout as delay } from 'node:timers/promises'
import { APICallError } from '@ai-sdk/provider'
import type { LanguageModelMiddleware } from 'ai'

const retries = 2
const firstPause = 500
/** Nobody waits longer for a busy model, whatever it asks for. */
const longestPause = 10_000

/**
 * Asks again when the model could not answer: too many requests, an error on its side, no connection. Only before anything
 * of the answer came, so that nothing is said or done twice. Retry-After is kept to; one that is too long ends it at once.
 */
export const retryEarly: LanguageModelMiddleware = {
  specificationVersion: 'v4',
  wrapStream: async ({ doStream, params: { abortSignal } }) => {
    for (let attempt = 0; ; attempt++) {
      try {
        return await doStream()
      } catch (error) {
        if (attempt === retries || !APICallError.isInstance(error) || !error.isRetryable) throw error
        const pause = retryAfter(error) ?? firstPause * 2 ** attempt
        if (pause > longestPause) throw error
        await delay(pause, undefined, abortSignal ? { signal: abortSignal } : {})
      }
    }
  },
}

/** Milliseconds, by seconds or a date (RFC 9110, section 10.2.3). */
const retryAfter = ({ responseHeaders }: APICallError): number | undefined => {
  const value = responseHeaders?.['retry-after']
  if (value === undefined) return undefined
  const pause = /^\d+$/.test(value) ? Number(value) * 1_000 : Date.parse(value) - Date.now()
  return Number.isNaN(pause) ? undefined : Math.max(0, pause)
}
