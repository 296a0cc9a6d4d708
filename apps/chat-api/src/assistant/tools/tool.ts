import type { BaseDeps, Origin, Principal, Scope, Tx } from '@taskflow/service-kit'
import type { z } from 'zod'

/** Who calls a tool, and how its work is followed. */
export interface Caller {
  user: Principal
  origin: Origin
  /** Aborted when the call is given up: nothing of it is changed then. */
  signal?: AbortSignal
  /** Called after each of several items; again from the first when a deadlock makes the work start again. */
  onProgress?: (done: number, total: number) => void
}

/** The name of a tool and its input. */
export interface ToolCall {
  tool: string
  input: Record<string, unknown>
}

export interface ToolResult<Output = Record<string, unknown>> {
  output: Output
  /** The calls that undo it, in this order; empty when it cannot be undone. */
  undo: ToolCall[]
}

/**
 * All that a call of a writing tool concerns: its tasks are locked before it runs, and what the chat may do without a
 * confirmation depends on it.
 */
export interface Touched {
  /** Ids of existing tasks. */
  tasks: string[]
  /** Ids of series. */
  series: string[]
  /** Titles of new tasks. */
  creates: string[]
  /** Every text that it stores. */
  texts: string[]
  /** What changes in a task, by its id, for the summary of the call. */
  details?: Record<string, string>
}

interface ToolBase<Input extends z.ZodObject, Output extends z.ZodObject> {
  name: string
  title: string
  /** For the model that chooses among the tools. */
  description: string
  /** Whether a second, equal call changes nothing more. */
  isIdempotent: boolean
  /** Never names a user: a tool works for its caller. */
  input: Input
  output: Output
}

/** What reading tools read from. */
export type ReadDeps = Pick<BaseDeps, 'db' | 'clock' | 'sidecar'>

export interface ReadTool<Input extends z.ZodObject = z.ZodObject, Output extends z.ZodObject = z.ZodObject>
  extends ToolBase<Input, Output> {
  effect: 'reads'
  run(deps: ReadDeps, input: z.output<Input>, caller: Caller): Promise<z.output<Output>>
}

export interface WriteTool<Input extends z.ZodObject = z.ZodObject, Output extends z.ZodObject = z.ZodObject>
  extends ToolBase<Input, Output> {
  effect: 'adds' | 'changes' | 'deletes'
  touches(input: z.output<Input>): Touched
  /** The input without these tasks. A tool that lacks it is called for all of its tasks or not at all. */
  withoutTasks?(input: z.output<Input>, ids: ReadonlySet<string>): z.output<Input>
  /** Works in the caller's transaction, in which the tasks that it touches are locked. */
  run(tx: Tx, input: z.output<Input>, caller: Caller): Promise<ToolResult<z.output<Output>>>
}

/** Something that the assistant can do, in a chat or for an MCP client. */
export type Tool = ReadTool | WriteTool

/** Keeps the types of a reading tool's parts together. */
export const readTool = <Input extends z.ZodObject, Output extends z.ZodObject>(
  definition: Omit<ReadTool<Input, Output>, 'effect'>,
): ReadTool => ({ ...definition, effect: 'reads' }) as unknown as ReadTool

/** The same for a writing tool. */
export const writeTool = <Input extends z.ZodObject, Output extends z.ZodObject>(
  definition: WriteTool<Input, Output>,
): WriteTool => definition as unknown as WriteTool

/** What a token must be allowed to do. */
export const scopeOf = ({ effect }: Tool): Scope => (effect === 'reads' ? 'tasks:read' : 'tasks:write')

/** How many tasks and series a call concerns. */
export const sizeOf = ({ tasks, series, creates }: Touched): number => tasks.length + series.length + creates.length

const maxUnconfirmed = { reads: Number.POSITIVE_INFINITY, adds: 5, changes: 1, deletes: 0 }

/** Whether a person must confirm a call of this size: one that deletes, or concerns several things. */
export const needsConfirmation = ({ effect }: Tool, size: number): boolean => size > maxUnconfirmed[effect]
