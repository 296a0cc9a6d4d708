import { Readable } from 'node:stream'
import type { UIMessageChunk } from 'ai'

/** All that was said in a turn, for however many listen, from whenever on: each gets it from the beginning. */
export interface TurnLog {
  write(chunk: UIMessageChunk): void
  end(): void
  /** As Server-Sent Events of the UI message stream protocol. */
  read(): Readable
}

export const createTurnLog = (): TurnLog => {
  const events: string[] = []
  let isOver = false
  let news = Promise.withResolvers<void>()
  const add = (data: string) => {
    events.push(`data: ${data}\n\n`)
    news.resolve()
    news = Promise.withResolvers()
  }
  async function* follow() {
    for (let next = 0; ; ) {
      if (next < events.length) yield events[next++]
      else if (isOver) return
      else await news.promise
    }
  }
  return {
    write: (chunk) => add(JSON.stringify(chunk)),
    end: () => {
      isOver = true
      add('[DONE]')
    },
    read: () => Readable.from(follow()),
  }
}
