import { connect } from 'node:net'
import type { HostileRequest } from './hostile-requests.ts'

export interface RawAnswer {
  /** 0: the connection was closed without an answer. */
  status: number
  head: string
  body: string
  /** The answer neither ended nor is a stream. */
  hangs: boolean
}

const streamFor = 300
const longest = 30_000

/** Writes a request as it is and reads until the answer ends; of a stream, what comes at first. */
export const sendRaw = (url: URL, { line, headers, body }: HostileRequest): Promise<RawAnswer> =>
  new Promise((resolve) => {
    const chunks: Buffer[] = []
    const socket = connect({ host: url.hostname, port: Number(url.port) })
    const done = (hangs = false) => {
      clearTimeout(timer)
      socket.destroy()
      const answer = Buffer.concat(chunks).toString('utf8')
      const end = answer.indexOf('\r\n\r\n')
      const [head, content] = end < 0 ? [answer, ''] : [answer.slice(0, end), answer.slice(end + 4)]
      resolve({ status: Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1] ?? 0), head, body: content, hangs })
    }
    let timer = setTimeout(() => done(true), longest)
    socket.on('data', (chunk: Buffer) => {
      const isFirst = chunks.length === 0
      chunks.push(chunk)
      if (!isFirst || !/^content-type: text\/event-stream/im.test(chunk.toString('latin1'))) return
      clearTimeout(timer)
      timer = setTimeout(() => done(), streamFor)
    })
    socket.on('error', () => done())
    socket.on('close', () => done())
    const lines = [line, ...headers.map(([name, value]) => `${name}: ${value}`), '', '']
    socket.write(Buffer.from(lines.join('\r\n'), 'latin1'))
    socket.write(body)
  })
