import { type Log, type Origin, Problem, traceIdOf } from '@taskflow/service-kit'

/**
 * The text of an error for a model: a problem's own message, which names wrong fields, and no details of other errors.
 */
export const explainError = (
  error: unknown,
  log: Log,
  { origin, ...context }: { origin: Origin } & Record<string, unknown>,
): string => {
  const { correlationid: correlation_id, traceparent } = origin
  const problem = error instanceof Problem ? error : undefined
  if (!problem || problem.status >= 500) {
    log.error('an MCP request failed', {
      ...context,
      trace_id: traceIdOf(traceparent),
      correlation_id,
      error: problem?.cause ?? error,
    })
  }
  return (
    problem?.message ?? `something went wrong on our side; try again, and report it with ${correlation_id} if it stays`
  )
}
