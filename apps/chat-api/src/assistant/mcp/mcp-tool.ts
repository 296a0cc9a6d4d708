import type { ServerContext } from '@modelcontextprotocol/server'
import type { Log } from '@taskflow/service-kit'
import { z } from 'zod'
import { runTool, scopeOf, type Tool } from '../tools/tool.ts'
import { explain } from './explain.ts'
import type { McpTool } from './offer.ts'

/** A tool of the catalogue over MCP. */
export const mcpTool = (tool: Tool, log: Log): McpTool => {
  const { name, title, description, effect, isIdempotent } = tool
  return {
    definition: {
      name,
      title,
      description,
      inputSchema: objectSchema(tool.input, 'input'),
      outputSchema: objectSchema(tool.output, 'output'),
      annotations: {
        title,
        readOnlyHint: effect === 'reads',
        destructiveHint: effect === 'deletes',
        idempotentHint: isIdempotent,
        openWorldHint: false,
      },
    },
    isFor: ({ user }) => user.scopes.includes(scopeOf(tool)),
    call: async (input, user, { mcpReq }) => {
      const progress = progressOf(mcpReq)
      try {
        mcpReq.signal.throwIfAborted()
        const { output } = await runTool(tool, input, { ...user, signal: mcpReq.signal, ...progress.toldTo })
        await progress.isTold()
        // Clients that know no structured content read the same as text.
        return { structuredContent: output, content: [{ type: 'text', text: JSON.stringify(output) }] }
      } catch (error) {
        if (mcpReq.signal.aborted) throw error
        const text = explain(error, log, { tool: name, origin: user.origin })
        return { isError: true, content: [{ type: 'text', text }] }
      }
    },
  }
}

const objectSchema = (schema: z.ZodObject, io: 'input' | 'output') =>
  z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as { type: 'object' }

/** Tells of progress when the client has asked for it, in order and before the result. */
const progressOf = ({ _meta, notify }: ServerContext['mcpReq']) => {
  const progressToken = _meta?.progressToken
  if (progressToken === undefined) return { toldTo: {}, isTold: async () => {} }
  let told = Promise.resolve()
  const onProgress = (progress: number, total: number) => {
    told = told.then(() =>
      notify({ method: 'notifications/progress', params: { progressToken, progress, total } }).catch(() => {}),
    )
  }
  return { toldTo: { onProgress }, isTold: () => told }
}
