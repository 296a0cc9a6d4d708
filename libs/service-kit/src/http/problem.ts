import { STATUS_CODES } from 'node:http'
import { z } from 'zod'

/** The closed list of problems, each with its HTTP status. The type on the wire is `urn:taskflow:problem:<name>`. */
const problems = {
  malformed: 400,
  'not-json': 400,
  unauthorized: 401,
  forbidden: 403,
  'quota-exceeded': 403,
  'not-found': 404,
  'method-not-allowed': 405,
  conflict: 409,
  'in-progress': 409,
  'too-slow': 408,
  'precondition-failed': 412,
  'too-large': 413,
  'unsupported-media-type': 415,
  invalid: 422,
  'too-many-requests': 429,
  'head-too-large': 431,
  internal: 500,
  'service-unavailable': 503,
} as const

export type ProblemName = keyof typeof problems

const typePrefix = 'urn:taskflow:problem:'

/** The problem of a `type` as received from another service; undefined when it is unknown. */
export const problemNameOf = (type: string | undefined): ProblemName | undefined => {
  const name = type?.startsWith(typePrefix) ? type.slice(typePrefix.length) : ''
  return Object.hasOwn(problems, name) ? (name as ProblemName) : undefined
}

/** A field that is wrong: `path` leads to it (`reminders.0.offset`), `message` says what is expected. */
export interface FieldError {
  path: string
  message: string
}

/** The body of a problem response. */
export const problem = z
  .object({
    type: z.string().meta({ description: 'urn:taskflow:problem:<name>; the names do not change' }),
    title: z.string(),
    status: z.int(),
    detail: z.string().meta({ description: 'what is wrong and how to fix it, for people' }),
    errors: z.array(z.object({ path: z.string(), message: z.string() }).meta({ id: 'FieldError' })),
  })
  .meta({ id: 'Problem' })

/** An error response, as RFC 9457 problem+json. `detail` is for people: what is wrong and how to fix it. */
export class Problem extends Error {
  override name = 'Problem'
  readonly problem: ProblemName
  readonly status: number
  readonly errors: FieldError[]
  readonly headers: Record<string, string>
  constructor(
    problem: ProblemName,
    detail: string,
    options: { errors?: FieldError[]; headers?: Record<string, string>; cause?: unknown } = {},
  ) {
    super(detail, { cause: options.cause })
    this.problem = problem
    this.status = problems[problem]
    this.errors = options.errors ?? []
    this.headers = options.headers ?? {}
  }

  /** The name of its status. */
  get title(): string {
    return STATUS_CODES[this.status] ?? ''
  }

  /** The body of the response. Names of fields come from the caller and may be of any length. */
  body(): object {
    return {
      type: typePrefix + this.problem,
      title: this.title,
      status: this.status,
      detail: shortened(this.message, 2_000),
      errors: this.errors.map(({ path, message }) => ({
        path: shortened(path, 200),
        message: shortened(message, 500),
      })),
    }
  }
}

const shortened = (text: string, maxLength: number): string =>
  (text.length > maxLength ? `${text.slice(0, maxLength)}…` : text).toWellFormed()

/** A value that is not valid: 422 naming the field. */
export const invalid = (path: string, message: string): Problem =>
  new Problem('invalid', `${path}: ${message}`, { errors: [{ path, message }] })
