import { createServer, type Socket } from 'node:net'
import type { TestContext } from 'node:test'
import { createPublicConnector } from '../src/domain/public-address.ts'
import { createWebhookSender } from '../src/domain/webhook.ts'

/** What signs the posts, as it is shown to people. */
export const secret = `whsec_${Buffer.from('a secret of a webhook').toString('base64')}`

/** The real sender, which posts to private addresses too. */
export const toAnywhere = () => createWebhookSender(createPublicConnector({ isAllowed: () => true, timeout: 1_000 }))

/** A response with a body. */
export const response = (status: string, body: string) =>
  `HTTP/1.1 ${status}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`

/** A receiver that records webhook requests; `answer` may be changed at any time. */
export const startReceiver = async (t: Pick<TestContext, 'after'>) => {
  const requests: { head: string; body: string }[] = []
  const sockets = new Set<Socket>()
  const receiver = {
    port: 0,
    requests,
    connections: 0,
    answer: 'HTTP/1.1 204 No Content\r\n\r\n' as string | undefined | ((body: string) => string),
  }
  const server = createServer((socket) => {
    receiver.connections++
    sockets.add(socket)
    let received = ''
    socket.on('error', () => {})
    socket.on('data', (chunk) => {
      received += chunk.toString()
      const [head, body] = received.split('\r\n\r\n')
      const length = Number(/content-length: (\d+)/i.exec(head!)?.[1])
      if (body === undefined || Buffer.byteLength(body) < length) return
      received = ''
      requests.push({ head: head!, body })
      const { answer } = receiver
      if (answer !== undefined) socket.write(typeof answer === 'string' ? answer : answer(body))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.after(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  receiver.port = (server.address() as { port: number }).port
  return receiver
}
