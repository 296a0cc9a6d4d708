import { readFileSync } from 'node:fs'
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import { failureOf } from './failure.mjs'

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))

/**
 * A client of /mcp. In the protocol of 2026-07-28, which it requests, nothing is kept between two requests: a restart
 * of the server goes unnoticed, and a cancelled call closes its connection.
 *
 * @param {{ url: string, token: string }} settings
 */
export const connect = async ({ url, token }) => {
  const client = new Client({ name: 'taskflow-mcp', version }, { versionNegotiation: { mode: 'auto' } })
  const headers = { authorization: `Bearer ${token}` }
  try {
    await client.connect(new StreamableHTTPClientTransport(new URL('/mcp', url), { requestInit: { headers } }))
    return client
  } catch (error) {
    throw failureOf(error, url)
  }
}
