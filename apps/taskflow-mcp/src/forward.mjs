import { McpServer, ProtocolError, ProtocolErrorCode } from '@modelcontextprotocol/server'
import { failureOf } from './failure.mjs'

/** Milliseconds. Calls about many tasks may take long; the client gets progress notifications. */
const timeout = 600_000

const methods = /** @type {const} */ ([
  'tools/list',
  'tools/call',
  'resources/list',
  'resources/templates/list',
  'resources/read',
  'prompts/list',
  'prompts/get',
])

/**
 * An MCP server that forwards every request, with its progress and its cancellation.
 *
 * @param {import('@modelcontextprotocol/client').Client} client
 * @param {{ url: string }} settings
 */
export const forwardTo = (client, { url }) => {
  const { tools, resources, prompts } = client.getServerCapabilities() ?? {}
  const server = new McpServer(client.getServerVersion() ?? { name: 'taskflow', version: '0' }, {
    capabilities: { tools, resources, prompts },
    instructions: client.getInstructions(),
  })
  for (const method of methods) {
    server.server.setRequestHandler(method, async ({ params }, { mcpReq: { _meta, signal, notify } }) => {
      const progressToken = _meta?.progressToken
      try {
        return await client.request(
          { method, params },
          {
            signal,
            timeout,
            ...(progressToken === undefined
              ? {}
              : {
                  resetTimeoutOnProgress: true,
                  onprogress: (progress) =>
                    void notify({ method: 'notifications/progress', params: { ...progress, progressToken } }),
                }),
          },
        )
      } catch (error) {
        if (signal.aborted || error instanceof ProtocolError) throw error
        throw new ProtocolError(ProtocolErrorCode.InternalError, failureOf(error, url).message)
      }
    })
  }
  return server
}
