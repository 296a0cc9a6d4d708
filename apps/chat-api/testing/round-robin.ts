import http from 'node:http'
import type { TestContext } from 'node:test'

/** A proxy at a port that sends each request to the next of its targets. */
export const startRoundRobin = async (t: Pick<TestContext, 'after'>, port: number, targets: string[]) => {
  let count = 0
  const server = http.createServer((request, response) => {
    const target = new URL(request.url ?? '/', targets[count++ % targets.length])
    const { method = 'GET', headers } = request
    const forwarded = http.request(target, { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.rawHeaders)
      answer.pipe(response)
    })
    forwarded.on('error', () => response.destroy())
    response.on('close', () => forwarded.destroy())
    request.pipe(forwarded)
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
}
