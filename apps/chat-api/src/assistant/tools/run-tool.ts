import { type BaseDeps, Problem, readValue, requireScope, type Tx } from '@taskflow/service-kit'
import { withLockedTasks } from '../../tasks/with-locked-tasks.ts'
import type { Catalogue } from './catalogue.ts'
import {
  type Caller,
  type ReadDeps,
  type ReadTool,
  scopeOf,
  type Tool,
  type ToolCall,
  type ToolResult,
  type Touched,
  type WriteTool,
} from './tool.ts'

/**
 * Runs a tool: a writing one in a transaction of its own. Problems: 403 for a missing scope, 422 that names every wrong
 * field of the input, and those of the tool.
 */
export const runTool = async (
  deps: ReadDeps & Pick<BaseDeps, 'transaction'>,
  tool: Tool,
  input: unknown,
  caller: Caller,
): Promise<ToolResult> => {
  if (tool.effect === 'reads') return { output: await runReadTool(deps, tool, input, caller), undo: [] }
  const valid = validInput(tool, input, caller)
  return inToolTransaction(deps, caller, tool.touches(valid).tasks, (tx) => tool.run(tx, valid, caller))
}

/** Runs a reading tool. Problems as those of `runTool`. */
export const runReadTool = async (
  deps: ReadDeps,
  tool: ReadTool,
  input: unknown,
  caller: Caller,
): Promise<Record<string, unknown>> => tool.run(deps, validInput(tool, input, caller), caller)

/** Runs a writing tool in a transaction of `inToolTransaction`. Problems as those of `runTool`. */
export const runWriteTool = async (tx: Tx, tool: WriteTool, input: unknown, caller: Caller): Promise<ToolResult> =>
  tool.run(tx, validInput(tool, input, caller), caller)

/**
 * One transaction for calls of writing tools and what is recorded about them; `task_ids` are all that the calls touch.
 */
export const inToolTransaction = <Done>(
  { transaction }: Pick<BaseDeps, 'transaction'>,
  { user, origin }: Caller,
  task_ids: string[],
  work: (tx: Tx) => Promise<Done>,
): Promise<Done> => withLockedTasks((locked) => transaction(locked, origin), user.user_id, task_ids, work)

/** A stored call, ready to be run again. */
export interface StoredCall {
  tool: WriteTool
  input: Record<string, unknown>
  touched: Touched
}

/** Finds the tool of a stored call. Problems: 409 when it no longer exists, 422 when it takes other input now. */
export const readStoredCall = (tools: Catalogue, { tool: name, input }: ToolCall): StoredCall => {
  const tool = tools.get(name)
  if (!tool || tool.effect === 'reads') throw new Problem('conflict', `the tool ${name} no longer exists`)
  return { tool, input, touched: tool.touches(readValue(tool.input, input)) }
}

const validInput = (tool: Tool, input: unknown, { user }: Caller): Record<string, unknown> => {
  requireScope(user, scopeOf(tool))
  return readValue(tool.input, input)
}
