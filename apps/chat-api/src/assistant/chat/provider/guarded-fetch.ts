/** More than was asked for. */
export class TooLong extends Error {
  override name = 'TooLong'
}

const largest = 8_000_000

/**
 * `fetch` for a server that may be slow, endless or not what it seems: silence is a TimeoutError, whether before the answer
 * or within it; more than 8 MB is TooLong; and whoever sends us elsewhere does not get the key there.
 */
export const guardedFetch =
  (silenceMs: number): typeof fetch =>
  async (url, init = {}) => {
    const silence = new AbortController()
    const giveUp = () => silence.abort(new DOMException(`silent for ${silenceMs} ms`, 'TimeoutError'))
    let timer = setTimeout(giveUp, silenceMs)
    const signal = init.signal ? AbortSignal.any([init.signal, silence.signal]) : silence.signal
    signal.addEventListener('abort', () => clearTimeout(timer), { once: true })
    try {
      const response = await fetch(url, { ...init, signal, redirect: 'error' })
      let size = 0
      const watch = new TransformStream<Uint8Array, Uint8Array>({
        transform: (chunk, controller) => {
          clearTimeout(timer)
          timer = setTimeout(giveUp, silenceMs)
          size += chunk.length
          if (size > largest) throw new TooLong(`more than ${largest} bytes`)
          controller.enqueue(chunk)
        },
        flush: () => clearTimeout(timer),
        cancel: () => clearTimeout(timer),
      })
      return new Response(response.body?.pipeThrough(watch) ?? null, response)
    } catch (error) {
      clearTimeout(timer)
      throw error
    }
  }
