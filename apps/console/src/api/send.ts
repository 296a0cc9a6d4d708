import { ApiProblem, Unreachable } from './problems.ts'

export interface Sent {
  body?: unknown
  headers?: Record<string, string>
  signal?: AbortSignal
  /** Its answer may go on for ever. */
  isStream?: boolean
}

const patience = 30_000

/** One request of the interface. Throws ApiProblem, or Unreachable when no answer came. */
export const send = async (
  method: string,
  path: string,
  { body, headers, signal, isStream = false }: Sent = {},
): Promise<Response> => {
  const signals = [...(isStream ? [] : [AbortSignal.timeout(patience)]), ...(signal ? [signal] : [])]
  let answer: Response
  try {
    answer = await fetch(`/api/v1${path}`, {
      method,
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      signal: AbortSignal.any(signals),
    })
  } catch (error) {
    if (signal?.aborted) throw error
    throw new Unreachable('no answer came', { cause: error })
  }
  if (answer.ok) return answer
  const problem = await answer.json().catch(() => ({}))
  throw new ApiProblem(answer.status, problem.detail ?? `the answer was ${answer.status}`, problem.errors)
}

/** The body of an answer; undefined when it has none. */
export const bodyOf = async <Body>(answer: Response): Promise<Body> => {
  const text = await answer.text().catch((error) => {
    throw new Unreachable('the answer broke off', { cause: error })
  })
  return (text === '' ? undefined : JSON.parse(text)) as Body
}
