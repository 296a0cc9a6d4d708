import type { CustomFetch } from 'openid-client'

/** A discovery document or key set has some kilobytes. */
const maxBytes = 512 * 1_024
const seconds = 5
/** Requests to providers at once, at one replica: a slow one must not take all connections. */
const maxAtOnce = 50

/**
 * Fetches from providers: an answer has five seconds for all of it, and half a megabyte. Throws TypeError, as fetch
 * does, when it cannot be had.
 */
export const createProviderFetch = (): CustomFetch => {
  let running = 0
  return async (url, { signal: _, ...options }) => {
    if (running >= maxAtOnce) throw new TypeError('too many requests to OpenID providers at once')
    running++
    try {
      const answer = await fetch(url, { ...options, signal: AbortSignal.timeout(seconds * 1_000) } as RequestInit)
      return new Response(await readBounded(answer), answer)
    } catch (error) {
      throw error instanceof TypeError ? error : new TypeError('an OpenID provider did not answer', { cause: error })
    } finally {
      running--
    }
  }
}

/** Counts what was unpacked. */
const readBounded = async ({ body }: Response): Promise<Blob | null> => {
  if (!body) return null
  const parts: Uint8Array<ArrayBuffer>[] = []
  let size = 0
  for await (const part of body as ReadableStream<Uint8Array<ArrayBuffer>>) {
    size += part.byteLength
    if (size > maxBytes) throw new TypeError('the answer of an OpenID provider is too long')
    parts.push(part)
  }
  return new Blob(parts)
}
