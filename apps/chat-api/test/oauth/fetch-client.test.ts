import assert from 'node:assert/strict'
import type { lookup } from 'node:dns'
import { createServer } from 'node:net'
import { test } from 'node:test'
import { createClientFetch } from '../../src/oauth/fetch-client.ts'

const inner = [
  ...['127.0.0.1', '10.0.0.1', '192.168.1.1', '172.16.0.1', '169.254.169.254', '100.64.0.1', '0.0.0.0', '224.0.0.1'],
  ...['::1', '::', 'fe80::1', 'fd00::1', '::ffff:127.0.0.1', '64:ff9b::7f00:1', '2002:7f00:1::', '::7f00:1'],
]

test('nothing is connected to when a name leads to an address that is not public', async (t) => {
  let connections = 0
  const server = createServer((socket) => {
    connections++
    socket.destroy()
  })
  await new Promise<void>((resolve) => server.listen(0, resolve))
  t.after(() => server.close())
  const { port } = server.address() as { port: number }
  for (const addresses of [...inner.map((address) => [address]), ['93.184.215.14', '127.0.0.1'], []]) {
    let asked = 0
    const resolve = ((_name: string, _options: object, callback: (error: null, found: object[]) => void) => {
      asked++
      callback(
        null,
        addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      )
    }) as unknown as typeof lookup
    const fetched = createClientFetch(resolve)(`https://a.example:${port}/x`, {})
    await assert.rejects(fetched, ({ cause }: Error) => /not public/.test((cause as Error).message), addresses.join())
    assert.equal(asked, 1)
  }
  assert.equal(connections, 0)
})
