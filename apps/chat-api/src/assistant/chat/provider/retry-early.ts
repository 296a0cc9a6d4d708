import { setTimeout as delay } from 'node:timers/promises'
import { APICallError } from '@ai-sdk/provider'
import type { LanguageModelMiddleware } from 'ai'

const maxRetries = 2
const firstDelayMs = 500
/** A model that wants a longer delay fails at once. */
const maxDelayMs = 10_000

/**
 * Retries when the model is busy, fails or cannot be reached: only before any of the response has come, so that nothing
 * is said or done twice. Retry-After is respected.
 */
export const retryEarly: LanguageModelMiddleware = {
  specificationVersion: 'v4',
  wrapStream: async ({ doStream, params: { abortSignal } }) => {
    for (let attempt = 0; ; attempt++) {
      try {
        return await doStream()
      } catch (error) {
        if (attempt === maxRetries || !APICallError.isInstance(error) || !error.isRetryable) throw error
        const delayMs = retryAfter(error) ?? firstDelayMs * 2 ** attempt
        if (delayMs > maxDelayMs) throw error
        await delay(delayMs, undefined, abortSignal ? { signal: abortSignal } : {})
      }
    }
  },
}

/** Milliseconds, by seconds or a date (RFC 9110, section 10.2.3). */
const retryAfter = ({ responseHeaders }: APICallError): number | undefined => {
  const value = responseHeaders?.['retry-after']
  if (value === undefined) return undefined
  const delayMs = /^\d+$/.test(value) ? Number(value) * 1_000 : Date.parse(value) - Date.now()
  return Number.isNaN(delayMs) ? undefined : Math.max(0, delayMs)
}
