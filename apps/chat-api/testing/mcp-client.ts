import type { TestContext } from 'node:test'
import { setImmediate as afterPendingWork } from 'node:timers/promises'
import { Client, type ClientOptions, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'

/** The official client, connected. Uses the 2025 protocols unless `options` negotiate. */
export const connectMcp = async (
  t: Pick<TestContext, 'after'>,
  url: string,
  token: string,
  options: ClientOptions = {},
): Promise<Client> => {
  const client = new Client({ name: 'test', version: '1' }, options)
  const headers = { authorization: `Bearer ${token}` }
  await client.connect(new StreamableHTTPClientTransport(new URL('/mcp', url), { requestInit: { headers } }))
  t.after(() => client.close())
  return client
}

/**
 * Calls a tool and returns all its progress. Avoids the SDK's `onprogress`, which drops progress that arrives together
 * with the response, as happens on a busy machine.
 */
export const callWithProgress = async (
  client: Client,
  params: { name: string; arguments: Record<string, unknown> },
) => {
  const reported: [number, number | undefined][] = []
  client.setNotificationHandler('notifications/progress', ({ params: { progress, total } }) => {
    reported.push([progress, total])
  })
  const result = await client.callTool({ ...params, _meta: { progressToken: 'of this test' } })
  await afterPendingWork()
  return { result, reported }
}
