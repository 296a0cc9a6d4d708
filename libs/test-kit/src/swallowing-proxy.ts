import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import type { TestContext } from 'node:test'

export interface SwallowingProxy {
  /** The address of the database, through the proxy. */
  url: string
  /** All connections so far swallow; new ones work, as with a new primary behind the same name. */
  vanish(): void
}

/** A proxy before a database that can behave as if the host had vanished: connections stay, nothing gets through. */
export const startSwallowingProxy = async (
  t: Pick<TestContext, 'after'>,
  databaseUrl: string,
): Promise<SwallowingProxy> => {
  const target = new URL(databaseUrl)
  const pairs = new Set<Socket[]>()
  const server = createServer((near) => {
    const far = connect(Number(target.port || 5432), target.hostname)
    const pair = [near, far]
    pairs.add(pair)
    near.pipe(far)
    far.pipe(near)
    for (const each of pair) {
      each.on('error', () => {})
      each.on('close', () => {
        pairs.delete(pair)
        for (const other of pair) other.destroy()
      })
    }
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => {
    for (const pair of pairs) for (const each of pair) each.destroy()
    server.close()
  })
  const url = new URL(databaseUrl)
  url.hostname = '127.0.0.1'
  url.port = String((server.address() as { port: number }).port)
  return {
    url: url.href,
    vanish: () => {
      for (const [near, far] of pairs) {
        near!.unpipe(far)
        far!.unpipe(near)
        near!.resume()
        far!.resume()
      }
    },
  }
}
