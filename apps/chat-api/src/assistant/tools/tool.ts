import { type Origin, type Principal, readValue, requireScope, type Scope } from '@taskflow/service-kit'
import type { z } from 'zod'

/** Who uses a tool, and how the work is followed. */
export interface Caller {
  user: Principal
  origin: Origin
  /** Gives up: nothing of the call is done then. */
  signal?: AbortSignal
  /** Told after each of several things. */
  onProgress?: (done: number, total: number) => void
}

/** A tool and what it is given. */
export interface ToolCall {
  tool: string
  input: Record<string, unknown>
}

export interface ToolResult<Output = Record<string, unknown>> {
  output: Output
  /** What takes it back, in this order; empty when there is nothing to take back. */
  undo: ToolCall[]
}

/**
 * Something that the assistant can do, in a chat or for an MCP client. Whose tasks it concerns is said by the caller and
 * never by its input.
 */
export interface Tool<Input extends z.ZodObject = z.ZodObject, Output extends z.ZodObject = z.ZodObject> {
  name: string
  title: string
  /** For the model that chooses among them. */
  description: string
  effect: 'reads' | 'adds' | 'changes' | 'deletes'
  /** Whether doing it again changes nothing more. */
  isIdempotent: boolean
  input: Input
  output: Output
  /** How many things of the user a call concerns. */
  size?(input: z.output<Input>): number
  run(input: z.output<Input>, caller: Caller): Promise<ToolResult<z.output<Output>>>
}

/** Keeps the types of a tool's parts together. */
export const tool = <Input extends z.ZodObject, Output extends z.ZodObject>(definition: Tool<Input, Output>): Tool =>
  definition as unknown as Tool

/** What a token must be allowed to do. */
export const scopeOf = ({ effect }: Tool): Scope => (effect === 'reads' ? 'tasks:read' : 'tasks:write')

const mostUnasked = { reads: Number.POSITIVE_INFINITY, adds: 5, changes: 1, deletes: 0 }

/** Whether a person should be asked before a model does it: what deletes, and what concerns several things at once. */
export const needsConfirmation = (tool: Tool, input: Record<string, unknown>): boolean =>
  (tool.size?.(input) ?? 1) > mostUnasked[tool.effect]

/** Runs a tool for somebody. Problems: 403 for a missing scope, 422 with every field of the input named, those of the tool. */
export const runTool = async (tool: Tool, input: unknown, caller: Caller): Promise<ToolResult> => {
  requireScope(caller.user, scopeOf(tool))
  return tool.run(readValue(tool.input, input), caller)
}
