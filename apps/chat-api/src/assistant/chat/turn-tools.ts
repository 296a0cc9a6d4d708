import { type Log, Problem, requireScope } from '@taskflow/service-kit'
import { type ToolSet, tool as toolOfSdk } from 'ai'
import type { AssistantDeps } from '../deps.ts'
import { type Caller, needsConfirmation, runTool, scopeOf, type Tool } from '../tools/tool.ts'
import { propose, recordDone, type ShownAction, showAction } from './actions.ts'
import { type Concern, concernOf, summarize } from './concern.ts'
import { fitOutput } from './fit-output.ts'
import { isNamed } from './named.ts'
import { inOneTransaction, runWithin } from './perform.ts'

/** Whose turn it is, and what its tools need to know. */
export interface ToolsTurn {
  id: string
  conversation_id: string
  caller: Caller
  /** What the person said, now and just before. */
  said: string[]
  /** What the model does depends on what the person says alone. */
  isTrusted: boolean
  /** The model has seen what is stored in tasks before. */
  hasRead: boolean
  /** Shows an action to the person. */
  show(action: ShownAction): void
}

const mostCallsInStep = 10
const mostOfOutput = 16_000

type Output = Record<string, unknown>

/**
 * The tools of the catalogue as a model gets them in one turn. Whatever it asks for: only what the person may; what deletes,
 * and what changes several things in one call or several, waits for the person; so does, once it has read what is stored,
 * what the person did not speak of. Everything it changes is written down with what takes it back.
 */
export const createTurnTools = (deps: AssistantDeps, catalogue: ReadonlyMap<string, Tool>, turn: ToolsTurn) => {
  const { caller, id: turn_id, conversation_id } = turn
  const { user_id } = caller.user
  let { hasRead } = turn
  let callsInStep = 0
  let changes = 0
  /** How many things each tool has changed unasked. */
  const unasked = new Map<string, number>()
  /** What was answered to calls that must not be done twice. */
  const answered = new Map<string, Output>()
  /** Calls that are being worked on: they end before the turn does. */
  const running = new Set<Promise<unknown>>()

  const read = async (tool: Tool, input: Output): Promise<Output> => {
    const { output } = await runTool(tool, input, caller)
    // A preview shows what the call itself says.
    hasRead ||= tool.name !== 'preview_recurrence'
    return output
  }

  const wait = async (tool: Tool, input: Output, concern: Concern): Promise<Output> => {
    requireScope(caller.user, scopeOf(tool))
    if (concern.titles.size + concern.texts.length === 0) {
      throw new Problem('not-found', 'there are no such tasks; look them up first')
    }
    const summary = summarize(tool.title, input, concern)
    const call = { tool: tool.name, input }
    const action = await propose(deps, { user_id, conversation_id, turn_id, call, summary })
    turn.show(showAction(action, deps.clock.now()))
    return { status: 'waiting_for_confirmation', action_id: action.id, expires_at: action.expires_at, summary }
  }

  const change = async (tool: Tool, input: Output, concern: Concern): Promise<Output> => {
    const call = { tool: tool.name, input }
    const { output, action } = await inOneTransaction(deps, caller, [call], async (tx) => {
      const result = await runWithin(deps, tx, call, caller)
      if (result.output.done === 0) return { output: result.output, action: undefined }
      const summary = summarize(tool.title, input, concern)
      const action = await recordDone(tx, { user_id, conversation_id, turn_id, call, summary }, result)
      return { output: result.output, action }
    })
    if (action) {
      changes++
      turn.show(showAction(action, deps.clock.now()))
    }
    return output
  }

  const call = async (tool: Tool, input: Output): Promise<Output> => {
    if (++callsInStep > mostCallsInStep) {
      throw new Problem('invalid', `at most ${mostCallsInStep} calls at once: this one was not run`)
    }
    if (tool.effect === 'reads') return read(tool, input)
    const key = JSON.stringify([tool.name, input])
    const before = answered.get(key)
    if (before) return before
    const concern = await concernOf(deps.db, user_id, input)
    // Many small changes are one large one.
    const total = (unasked.get(tool.name) ?? 0) + (tool.size?.(input) ?? 1)
    const isAsked = turn.isTrusted || !hasRead || isNamed(concern, turn.said)
    const waits = !isAsked || needsConfirmation({ ...tool, size: () => total }, input)
    const output = await (waits ? wait : change)(tool, input, concern)
    if (!waits) unasked.set(tool.name, total)
    if (waits || !tool.isIdempotent) answered.set(key, output)
    // What a changed task says was written before; a new one says what the call said.
    if (tool.effect !== 'adds') hasRead = true
    return output
  }

  const execute = async (tool: Tool, input: Output): Promise<Output> => {
    const work = call(tool, input)
    running.add(work)
    try {
      return fitOutput(await work, mostOfOutput)
    } catch (error) {
      throw asToolError(error, deps.log, caller)
    } finally {
      running.delete(work)
    }
  }

  const tools: ToolSet = Object.fromEntries(
    [...catalogue.values()].map((tool) => [
      tool.name,
      toolOfSdk({
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
    /** Resolves when no call is being worked on any longer. */
    settled: () => Promise.allSettled(running),
  }
}

/** What the model and the person are told; the SDK shows an error as `name: message`. */
class Told extends Error {
  override name = ''
}

/** What the model and the person are told of a call that failed: nothing about what is inside. */
const asToolError = (error: unknown, log: Log, { origin, signal }: Caller): Error => {
  if (error instanceof Problem && error.status < 500) return new Told(error.message)
  if (signal?.aborted) return new Told('there was no time left; nothing of this was done')
  log.error('a tool failed in the chat', { correlation_id: origin.correlationid, error })
  return new Told('something went wrong on our side; nothing of this was done')
}
