import type { ServerContext } from '@modelcontextprotocol/server'
import type { BaseDeps } from '@taskflow/service-kit'
import { z } from 'zod'
import { runTool } from '../tools/run-tool.ts'
import { scopeOf, type Tool } from '../tools/tool.ts'
import { explainError } from './explain-error.ts'
import type { McpTool } from './offer.ts'

/** A tool of the catalogue over MCP. */
export const mcpTool = (deps: BaseDeps, tool: Tool): McpTool => {
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
        // In the protocol, `false` means that a tool only adds; what overwrites is destructive too.
        destructiveHint: effect === 'changes' || effect === 'deletes',
        idempotentHint: isIdempotent,
        openWorldHint: false,
      },
    },
    isFor: ({ user }) => user.scopes.includes(scopeOf(tool)),
    call: async (input, user, { mcpReq }) => {
      const progress = progressOf(mcpReq)
      try {
        mcpReq.signal.throwIfAborted()
        const { output } = await runTool(deps, tool, input, { ...user, signal: mcpReq.signal, ...progress.caller })
        await progress.sent()
        // Clients without support for structured content read the same as text.
        return { structuredContent: output, content: [{ type: 'text', text: JSON.stringify(output) }] }
      } catch (error) {
        if (mcpReq.signal.aborted) throw error
        const text = explainError(error, deps.log, { tool: name, origin: user.origin })
        return { isError: true, content: [{ type: 'text', text }] }
      }
    },
  }
}

const objectSchema = (schema: z.ZodObject, io: 'input' | 'output') =>
  z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as { type: 'object' }

/** Notifies the client of progress if it sent a progress token: in order, and before the result. */
const progressOf = ({ _meta, notify }: ServerContext['mcpReq']) => {
  const progressToken = _meta?.progressToken
  if (progressToken === undefined) return { caller: {}, sent: async () => {} }
  let sent = Promise.resolve()
  const onProgress = (progress: number, total: number) => {
    sent = sent.then(() =>
      notify({ method: 'notifications/progress', params: { progressToken, progress, total } }).catch(() => {}),
    )
  }
  return { caller: { onProgress }, sent: () => sent }
}
