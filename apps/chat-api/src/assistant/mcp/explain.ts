import { type Log, type Origin, Problem, traceIdOf } from '@taskflow/service-kit'

/** What a model is told of an error: a problem in its own words, which name the wrong fields, and nothing about anything else. */
export const explain = (
  error: unknown,
  log: Log,
  { origin, ...what }: { origin: Origin } & Record<string, unknown>,
): string => {
  const { correlationid: correlation_id, traceparent } = origin
  const problem = error instanceof Problem ? error : undefined
  if (!problem || problem.status >= 500) {
    log.error('an MCP request failed', {
      ...what,
      trace_id: traceIdOf(traceparent),
      correlation_id,
      error: problem?.cause ?? error,
    })
  }
  return (
    problem?.message ?? `something went wrong on our side; try again, and report it with ${correlation_id} if it stays`
  )
}
