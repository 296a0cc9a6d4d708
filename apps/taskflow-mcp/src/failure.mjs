import { InsufficientScopeError, SdkHttpError } from '@modelcontextprotocol/client'

/** Exit codes, as sysexits.h has them. */
export const exit = { usage: 64, unavailable: 69, refused: 77, config: 78 }

/** A reason to exit, in a sentence that names the fix. */
export class Failure extends Error {
  /**
   * @param {number} exitCode
   * @param {string} message
   */
  constructor(exitCode, message) {
    super(message)
    this.exitCode = exitCode
  }
}

/**
 * The failure that an error of a request means for the user.
 *
 * @param {unknown} error
 * @param {string} url
 */
export const failureOf = (error, url) => {
  if (error instanceof InsufficientScopeError) {
    return new Failure(
      exit.refused,
      `${url} lets this token do nothing: make one with the scope tasks:read, or also tasks:write`,
    )
  }
  if (!(error instanceof SdkHttpError)) {
    return new Failure(exit.unavailable, `${url} does not answer: start TaskFlow, or set TASKFLOW_URL to where it runs`)
  }
  const { status, text } = error.data
  if (status === 401) {
    return new Failure(exit.refused, `${url} refuses the token: make a new API token there and set TASKFLOW_TOKEN`)
  }
  const reason = detailOf(text) ?? 'is TASKFLOW_URL the address of TaskFlow?'
  return new Failure(status === 403 ? exit.refused : exit.unavailable, `${url} answers with HTTP ${status}: ${reason}`)
}

/**
 * The detail of a problem response of TaskFlow.
 *
 * @param {unknown} text
 * @returns {string | undefined}
 */
const detailOf = (text) => {
  try {
    return JSON.parse(String(text)).detail
  } catch {
    return undefined
  }
}
