/** The model's response is longer than allowed. */
export class ResponseTooLong extends Error {
  override name = 'ResponseTooLong'
}

const maxBytes = 8_000_000

/**
 * `fetch` for a server that is not trusted: silence, before the response or within it, is a TimeoutError; more than 8
 * MB are ResponseTooLong; redirects are not followed, so the key is sent nowhere else.
 */
export const guardedFetch =
  (silenceMs: number): typeof fetch =>
  async (url, init = {}) => {
    const silence = new AbortController()
    const timeOut = () => silence.abort(new DOMException(`silent for ${silenceMs} ms`, 'TimeoutError'))
    let timer = setTimeout(timeOut, silenceMs)
    const signal = init.signal ? AbortSignal.any([init.signal, silence.signal]) : silence.signal
    signal.addEventListener('abort', () => clearTimeout(timer), { once: true })
    try {
      const response = await fetch(url, { ...init, signal, redirect: 'error' })
      let size = 0
      const watch = new TransformStream<Uint8Array, Uint8Array>({
        transform: (chunk, controller) => {
          clearTimeout(timer)
          timer = setTimeout(timeOut, silenceMs)
          size += chunk.length
          if (size > maxBytes) throw new ResponseTooLong(`more than ${maxBytes} bytes`)
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
