import { createParser, type EventSourceMessage } from 'eventsource-parser'
import { sendSigned } from '../api/api.ts'
import { Unreachable } from '../api/problems.ts'

/** The service says that it is alive every 15 s. */
const silence = 40_000

/**
 * Reads live events, of the person unless `path` says which, after an id until the stream ends. By fetch, because an EventSource cannot
 * send the token.
 */
export const readEvents = async (options: {
  path?: string
  after: string | undefined
  signal: AbortSignal
  onOpen: () => void
  onEvent: (event: EventSourceMessage) => void
}): Promise<void> => {
  const abort = new AbortController()
  const signal = AbortSignal.any([options.signal, abort.signal])
  const answer = await sendSigned('GET', options.path ?? '/events', {
    signal,
    isStream: true,
    headers: options.after === undefined ? {} : { 'last-event-id': options.after },
  })
  options.onOpen()
  const parser = createParser({ onEvent: options.onEvent })
  const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader()
  const late = () => abort.abort(new Unreachable('the stream is silent'))
  let timer = setTimeout(late, silence)
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      clearTimeout(timer)
      timer = setTimeout(late, silence)
      parser.feed(value)
    }
  } finally {
    clearTimeout(timer)
    abort.abort()
  }
}
