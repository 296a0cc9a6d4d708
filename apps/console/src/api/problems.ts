/** A problem that the API answered (RFC 9457). `message` is written for people. */
export class ApiProblem extends Error {
  override name = 'ApiProblem'
  readonly status: number
  readonly fields: Record<string, string>
  constructor(status: number, detail: string, errors: { path: string; message: string }[] = []) {
    super(detail)
    this.status = status
    this.fields = Object.fromEntries(errors.map(({ path, message }) => [path, message]))
  }
}

/** There was no answer. The request may have been carried out or not. */
export class Unreachable extends Error {
  override name = 'Unreachable'
}

/** Whether the same request may succeed later. */
export const isTemporary = (error: unknown): boolean =>
  error instanceof Unreachable || (error instanceof ApiProblem && [429, 502, 503, 504].includes(error.status))

/** The person declined what the browser asked; the message says so. */
export class Declined extends Error {}

/** An error as a sentence for people. */
export const describeError = (error: unknown): string => {
  if (error instanceof Declined) return error.message
  if (error instanceof Unreachable) return 'TaskFlow cannot be reached. Check your connection and try again.'
  if (error instanceof ApiProblem) return capitalised(error.message)
  return 'Something went wrong in this page. Reload it and try again.'
}

const capitalised = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
