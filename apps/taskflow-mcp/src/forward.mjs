import { setImmediate as afterPendingWork } from 'node:timers/promises'
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
  // Not `onprogress` of the SDK: it drops progress that arrives together with the response.
  const progressOf = new Map()
  client.setNotificationHandler('notifications/progress', ({ params: { progressToken, ...progress } }) =>
    progressOf.get(progressToken)?.(progress),
  )
  let lastToken = 0
  for (const method of methods) {
    server.server.setRequestHandler(method, async ({ params }, { mcpReq: { _meta, signal, notify } }) => {
      const progressToken = _meta?.progressToken
      const token = ++lastToken
      const forwarded = []
      if (progressToken !== undefined) {
        progressOf.set(token, (progress) => {
          const notified = notify({ method: 'notifications/progress', params: { ...progress, progressToken } })
          forwarded.push(notified.catch(() => {}))
        })
      }
      const request =
        progressToken === undefined
          ? { method, params }
          : { method, params: { ...params, _meta: { ..._meta, progressToken: token } } }
      try {
        const result = await client.request(request, { signal, timeout })
        await afterPendingWork()
        await Promise.all(forwarded)
        return result
      } catch (error) {
        if (signal.aborted || error instanceof ProtocolError) throw error
        throw new ProtocolError(ProtocolErrorCode.InternalError, failureOf(error, url).message)
      } finally {
        progressOf.delete(token)
      }
    })
  }
  return server
}
