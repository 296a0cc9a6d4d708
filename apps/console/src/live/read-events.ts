import { createParser, type EventSourceMessage } from 'eventsource-parser'
import { Unreachable } from '../api/problems.ts'

/** Milliseconds; chat-api sends a heartbeat every 15 s. */
const maxSilence = 40_000

/** Reads Server-Sent Events until the stream ends. By fetch, because an EventSource cannot send the token. */
export const readEvents = async (options: {
  open: (signal: AbortSignal) => Promise<{ response: Response }>
  signal: AbortSignal
  onOpen: () => void
  onEvent: (event: EventSourceMessage) => void
}): Promise<void> => {
  const abort = new AbortController()
  const signal = AbortSignal.any([options.signal, abort.signal])
  const { response } = await options.open(signal)
  options.onOpen()
  const parser = createParser({ onEvent: options.onEvent })
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
  const late = () => abort.abort(new Unreachable('the stream is silent'))
  let timer = setTimeout(late, maxSilence)
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      clearTimeout(timer)
      timer = setTimeout(late, maxSilence)
      parser.feed(value)
    }
  } finally {
    clearTimeout(timer)
    abort.abort()
  }
}
