import { type Log, Problem } from '@taskflow/service-kit'
import { AuthorizationResponseError, ClientError, ResponseBodyError } from 'openid-client'
import type { OpenidProvider } from './settings.ts'

/** What came is not what was asked for, or is not signed by the provider. */
const doubtful = new Set([
  'OAUTH_INVALID_RESPONSE',
  'OAUTH_JWT_CLAIM_COMPARISON_FAILED',
  'OAUTH_JWT_TIMESTAMP_CHECK_FAILED',
  'OAUTH_KEY_SELECTION_FAILED',
])

/**
 * An error of openid-client for people: 401 when this sign-in failed, 503 when the provider is away or does not work.
 * Logs have its kind only: what the provider wrote may hold secrets.
 */
export const providerProblem = (provider: OpenidProvider, error: unknown, log: Log): Problem => {
  const { id, name } = provider
  if (error instanceof Problem) return error
  if (error instanceof AuthorizationResponseError && error.error === 'access_denied') {
    return new Problem('unauthorized', `${name} did not sign you in: you declined`)
  }
  log.warn('a sign-in with an OpenID provider failed', { provider: id, reason: reasonOf(error) })
  if (error instanceof AuthorizationResponseError || (error instanceof ResponseBodyError && isOfCode(error))) {
    return new Problem('unauthorized', `${name} did not sign you in; try again`)
  }
  if (error instanceof ClientError && doubtful.has(error.code ?? '')) {
    return notValid(provider)
  }
  return new Problem('service-unavailable', `${name} cannot be reached; try again, or sign in another way`, {
    headers: { 'retry-after': '5' },
  })
}

export const notValid = ({ name }: OpenidProvider): Problem =>
  new Problem('unauthorized', `the answer of ${name} is not valid; try again`)

/** The code was used before, or waited too long. */
const isOfCode = ({ error }: ResponseBodyError) => error === 'invalid_grant'

const reasonOf = (error: unknown): string => {
  if (error instanceof AuthorizationResponseError || error instanceof ResponseBodyError)
    return error.error.slice(0, 100)
  const { code, message, cause } = error as { code?: string; message?: string; cause?: unknown }
  return code ?? (cause instanceof Error ? reasonOf(cause) : (message ?? 'unknown'))
}
