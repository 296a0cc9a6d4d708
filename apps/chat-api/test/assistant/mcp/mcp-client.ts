import type { TestContext } from 'node:test'
import { Client, type ClientOptions, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'

/** The official client, connected. Protocols of 2025 unless `options` negotiate. */
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
