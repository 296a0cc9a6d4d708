import { randomUUID } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import { createMcpHandler } from '@modelcontextprotocol/server'
import { type Answer, type Endpoint, endpoint, requireScope } from '@taskflow/service-kit'
import { z } from 'zod'
import type { AssistantDeps } from '../deps.ts'
import { createOriginCheck } from './check-origin.ts'
import { createMcpServer } from './create-mcp-server.ts'
import { describeResource, mcpResource } from './describe-resource.ts'
import type { Offer, User } from './offer.ts'
import type { CallName } from './running-calls.ts'

const message = z
  .looseObject({
    jsonrpc: z.literal('2.0'),
    id: z.union([z.string().max(200), z.number()]).optional(),
    method: z.string().optional(),
    params: z.looseObject({}).optional(),
  })
  .meta({ description: 'one JSON-RPC message' })

const sessionHeader = 'mcp-session-id'

/**
 * MCP over Streamable HTTP, without state: a new server handles each request, in the protocol of 2026-07-28 or those of
 * 2025, so any replica can. A session is only a name by which a client cancels its own calls.
 */
export const serveMcp = ({ log, publicUrl, mcpOrigins, mcpCalls }: AssistantDeps, offer: Offer): Endpoint[] => {
  const checkOrigin = createOriginCheck(publicUrl, mcpOrigins)
  const resource = mcpResource(publicUrl)
  /** An app can ask its person for more, so it is told by status; who uses an API token reads it as a tool's error. */
  const requireScopeOf = (name: string, user: User) => {
    const tool = offer.tools.find(({ definition }) => definition.name === name)
    if (tool && !tool.isFor(user)) requireScope(user.user, 'tasks:write', resource)
  }
  return [
    ...describeResource({ publicUrl }),
    endpoint({
      method: 'post',
      path: '/mcp',
      summary: 'MCP for assistants: tools, resources and prompts; with tasks:write, tools that change tasks too',
      access: 'user',
      scope: 'tasks:read',
      resource,
      body: message,
      cost: ({ params }) => itemsIn(params?.arguments),
      example: { jsonrpc: '2.0', id: 1, method: 'tools/list' },
      answers: {
        200: { 'application/json': z.record(z.string(), z.unknown()), 'text/event-stream': z.string() },
        202: null,
      },
      handle: async ({ body, user, headers, origin, signal }) => {
        checkOrigin(headers)
        const { method, id } = body
        if (user.grant_id && method === 'tools/call') requireScopeOf(String(body.params?.name), { user, origin })
        const session = headers[sessionHeader]
        const nameOf = (id: unknown): CallName => [user.user_id, String(session ?? randomUUID()), id]
        if (method === 'notifications/cancelled' && session) await mcpCalls.cancel(nameOf(body.params?.requestId))
        const call = mcpCalls.begin(nameOf(id))
        const handler = createMcpHandler(() => createMcpServer(offer, { user, origin }), {
          onerror: (error) => log.debug('an MCP request was refused', { error, correlation_id: origin.correlationid }),
        })
        const request = new Request(new URL('/mcp', publicUrl), {
          method: 'POST',
          headers: protocolHeaders(headers),
          signal: AbortSignal.any([signal, call.signal]),
        })
        const answer = await answerOf(await handler.fetch(request, { parsedBody: body }), call.end)
        return method === 'initialize'
          ? { ...answer, headers: { ...answer.headers, [sessionHeader]: randomUUID() } }
          : answer
      },
    }),
  ]
}

/** The tasks that a call of a tool names. */
const itemsIn = (input: unknown): number =>
  typeof input === 'object' && input !== null
    ? Math.max(1, ...Object.values(input).map((each) => (Array.isArray(each) ? each.length : 1)))
    : 1

/** The headers of the protocol. The caller is authenticated already. */
const protocolHeaders = (headers: IncomingHttpHeaders): [string, string][] =>
  Object.entries(headers).filter(
    (entry): entry is [string, string] =>
      typeof entry[1] === 'string' && /^(accept|content-type|mcp-.+)$/.test(entry[0]),
  )

/** Passes a stream on as it comes; any other body is read first. */
const answerOf = async (response: Response, end: () => void): Promise<Answer> => {
  const { status, body } = response
  const headers = Object.fromEntries([...response.headers].filter(([name]) => name !== 'connection'))
  if (body && headers['content-type']?.startsWith('text/event-stream')) {
    return { status, headers, body: Readable.fromWeb(body as ReadableStream).once('close', end) }
  }
  const text = await response.text()
  end()
  return { status, headers, ...(text ? { body: text } : {}) }
}
