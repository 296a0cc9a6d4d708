import type { CallToolResult, McpServer, ServerContext, Tool } from '@modelcontextprotocol/server'
import type { Caller } from '../tools/tool.ts'

/** The caller, known from the token and never from the input. */
export type User = Pick<Caller, 'user' | 'origin'>

/** A tool as MCP defines it. */
export interface McpTool {
  definition: Tool
  /** Whether the user sees it in the list. Calling it without the scope is an error that names the scope. */
  isFor(user: User): boolean
  call(input: unknown, user: User, context: ServerContext): Promise<CallToolResult>
}

/** The tools, resources and prompts of an MCP server. */
export interface Offer {
  tools: McpTool[]
  /** Adds resources and prompts to the server that serves one request of this user. */
  addTo(server: McpServer, user: User): void
}
