import { type Database, type Transaction, type Tx, withOrigin } from '@taskflow/service-kit'
import { together } from '../../tasks/together.ts'
import type { AssistantDeps } from '../deps.ts'
import { createTools } from '../tools/catalogue.ts'
import { type Caller, runTool, type ToolCall, type ToolResult } from '../tools/tool.ts'
import { idsIn } from './concern.ts'

/**
 * Lets somebody's calls of tools and what is written down about them be one transaction: a change that nobody knows of, or
 * one that is known and was not made, cannot be.
 */
export const inOneTransaction = <Done>(
  deps: AssistantDeps,
  { user, origin }: Caller,
  calls: ToolCall[],
  work: (tx: Tx) => Promise<Done>,
): Promise<Done> =>
  together(
    (all) => deps.transaction(all, origin),
    user.user_id,
    calls.flatMap(({ input }) => idsIn(input)),
    work,
  )

/** Runs a tool within a transaction. Problems are those of the tool. */
export const runWithin = (
  deps: AssistantDeps,
  tx: Tx,
  { tool, input }: ToolCall,
  caller: Caller,
): Promise<ToolResult> => {
  const tools = createTools({ ...deps, db: tx as unknown as Database, transaction: joined(tx) })
  return runTool(tools.get(tool)!, input, caller)
}

/** What failed once is over: after a deadlock it is the outer transaction that begins again. */
const joined = (tx: Tx): Transaction => {
  let failure: { error: unknown } | undefined
  return async (work, origin = tx.origin) => {
    if (failure) throw failure.error
    try {
      return await work(withOrigin(tx, origin))
    } catch (error) {
      failure = { error }
      throw error
    }
  }
}
