import { Readable } from 'node:stream'
import type { UIMessageChunk } from 'ai'

/** The chunks of a reply, for any number of readers: each gets all of them, from the first. */
export interface ReplyStream {
  write(chunk: UIMessageChunk): void
  end(): void
  /** As Server-Sent Events of the UI message stream protocol. */
  read(): Readable
}

export const createReplyStream = (): ReplyStream => {
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
