import { type Log, Problem, requireScope } from '@taskflow/service-kit'
import { tool as sdkTool, type ToolSet } from 'ai'
import type { AssistantDeps } from '../../deps.ts'
import { inToolTransaction, runReadTool, runWriteTool } from '../../tools/run-tool.ts'
import {
  type Caller,
  needsConfirmation,
  type ReadTool,
  scopeOf,
  sizeOf,
  type Tool,
  type WriteTool,
} from '../../tools/tool.ts'
import { recordDone, type ShownAction, showAction, storePending } from '../actions.ts'
import { isMentioned } from '../confirmation/is-mentioned.ts'
import { summarizeCall } from '../confirmation/summarize-call.ts'
import { touchedTitles } from '../confirmation/touched-titles.ts'
import { truncateOutput } from './truncate-output.ts'

/** A turn, and what its tools need to know about it. */
export interface ToolsTurn {
  id: string
  conversation_id: string
  caller: Caller
  /** The user's latest messages: this one and the one before. */
  userMessages: string[]
  /** The model acts on the user's messages alone, whatever it reads. */
  isTrusted: boolean
  /** In an earlier turn the model has read what is stored in tasks. */
  hasRead: boolean
  /** Shows an action to the user. */
  show(action: ShownAction): void
}

const maxCallsPerStep = 10
const maxOutputLength = 16_000

type Output = Record<string, unknown>

/** A call of a writing tool, with the words that describe it. */
interface WriteCall {
  tool: WriteTool
  input: Output
  task_ids: string[]
  /** Whether anything that it is about exists. */
  isEmpty: boolean
  summary: string
}

/**
 * The tools of the catalogue as a model gets them in one turn. They do no more than the user may. What deletes, and
 * what changes several things in one call or in several, waits for a confirmation; so does, once the model has read
 * what is stored, what the user did not mention. Every change is recorded with the calls that undo it.
 */
export const createTurnTools = (deps: AssistantDeps, turn: ToolsTurn) => {
  const { caller, id: turn_id, conversation_id } = turn
  const { user_id } = caller.user
  let { hasRead } = turn
  let callsInStep = 0
  let changes = 0
  /** How many things each tool has changed without a confirmation. */
  const unconfirmed = new Map<string, number>()
  /** The outputs of calls that must not be done twice. */
  const outputs = new Map<string, Output>()
  /** Unfinished calls: the turn waits for them. */
  const running = new Set<Promise<unknown>>()

  const read = async (tool: ReadTool, input: Output): Promise<Output> => {
    const output = await runReadTool(deps, tool, input, caller)
    // A preview contains only what the call itself says.
    hasRead ||= tool.name !== 'preview_recurrence'
    return output
  }

  const propose = async ({ tool, input, isEmpty, summary }: WriteCall): Promise<Output> => {
    requireScope(caller.user, scopeOf(tool))
    if (isEmpty) throw new Problem('not-found', 'there are no such tasks; look them up first')
    const call = { tool: tool.name, input }
    const action = await storePending(deps, { user_id, conversation_id, turn_id, call, summary })
    turn.show(showAction(action, deps.clock.now()))
    return { status: 'waiting_for_confirmation', action_id: action.id, expires_at: action.expires_at, summary }
  }

  const change = async ({ tool, input, task_ids, summary }: WriteCall): Promise<Output> => {
    const call = { tool: tool.name, input }
    const { output, action } = await inToolTransaction(deps, caller, task_ids, async (tx) => {
      const result = await runWriteTool(tx, tool, input, caller)
      if (result.output.done === 0) return { output: result.output, action: undefined }
      const action = await recordDone(tx, { user_id, conversation_id, turn_id, call, summary }, result)
      return { output: result.output, action }
    })
    if (action) {
      changes++
      turn.show(showAction(action, deps.clock.now()))
    }
    return output
  }

  const write = async (tool: WriteTool, input: Output): Promise<Output> => {
    const key = JSON.stringify([tool.name, input])
    const before = outputs.get(key)
    if (before) return before
    const touched = tool.touches(input)
    const { tasks: task_ids, creates, texts } = touched
    const titles = await touchedTitles(deps.db, user_id, touched)
    // Many small changes are one large one.
    const total = (unconfirmed.get(tool.name) ?? 0) + sizeOf(touched)
    const isWanted = turn.isTrusted || !hasRead || isMentioned({ titles, texts }, turn.userMessages)
    const waits = !isWanted || needsConfirmation(tool, total)
    const isEmpty = titles.size + creates.length + texts.length === 0
    const summary = summarizeCall(tool.title, titles, touched)
    const output = await (waits ? propose : change)({ tool, input, task_ids, isEmpty, summary })
    if (!waits) unconfirmed.set(tool.name, total)
    if (waits || !tool.isIdempotent) outputs.set(key, output)
    // The output shows texts of the changed task that were stored before; that of a new task only what the call said.
    if (tool.effect !== 'adds') hasRead = true
    return output
  }

  const call = async (tool: Tool, input: Output): Promise<Output> => {
    if (++callsInStep > maxCallsPerStep) {
      throw new Problem('invalid', `at most ${maxCallsPerStep} calls at once: this one was not run`)
    }
    return tool.effect === 'reads' ? read(tool, input) : write(tool, input)
  }

  const execute = async (tool: Tool, input: Output): Promise<Output> => {
    const work = call(tool, input)
    running.add(work)
    try {
      return truncateOutput(await work, maxOutputLength)
    } catch (error) {
      throw asToolError(error, deps.log, caller)
    } finally {
      running.delete(work)
    }
  }

  const tools: ToolSet = Object.fromEntries(
    [...deps.tools.values()].map((tool) => [
      tool.name,
      sdkTool({
        title: tool.title,
        description: tool.description,
        inputSchema: tool.input,
        execute: (input) => execute(tool, input as Output),
      }),
    ]),
  )
  return {
    tools,
    beginStep: () => {
      callsInStep = 0
    },
    /** How many calls have changed something. */
    changes: () => changes,
    /** Resolves when no call is running any longer. */
    settled: () => Promise.allSettled(running),
  }
}

/** An error whose message the model and the user see; the SDK shows an error as `name: message`. */
class VisibleError extends Error {
  override name = ''
}

/** The error of a failed call, without internals. */
const asToolError = (error: unknown, log: Log, { origin, signal }: Caller): Error => {
  if (error instanceof Problem && error.status < 500) return new VisibleError(error.message)
  if (signal?.aborted) return new VisibleError('there was no time left; nothing of this was done')
  log.error('a tool failed in the chat', { correlation_id: origin.correlationid, error })
  return new VisibleError('something went wrong on our side; nothing of this was done')
}
