import type { CallToolResult, McpServer, ServerContext, Tool } from '@modelcontextprotocol/server'
import type { Caller } from '../tools/tool.ts'

/** Who uses it, known by the token and never by what is sent. */
export type User = Pick<Caller, 'user' | 'origin'>

/** A tool as MCP knows it. */
export interface McpTool {
  definition: Tool
  /** Whether it is listed. Who calls it all the same is told what is missing. */
  isFor(user: User): boolean
  call(input: unknown, user: User, context: ServerContext): Promise<CallToolResult>
}

/** What an MCP server offers. */
export interface Offer {
  tools: McpTool[]
  /** Adds resources and prompts to the server that serves one request of this user. */
  addTo(server: McpServer, user: User): void
}
