import { Problem } from '@taskflow/service-kit'
import type { AccountDeps } from '../deps.ts'
import { type StateClaim, takeState } from './openid-states.ts'
import type { Identity } from './provider-client.ts'
import { providerProblem } from './provider-problem.ts'

/** One sentence for all reasons: another browser, used before, too late, for something else. */
export const unusable = (): Problem =>
  new Problem('unauthorized', 'this sign-in was not begun in this browser, was used before or has expired; try again')

/**
 * Whom the response of a provider names. It uses the state up, also when that fails. Problem 401 unless this browser
 * began it, for a sign-in or `user_id`'s link; 503 while the provider is away. Must not run in a transaction: it waits for
 * the provider.
 */
export const identifyResponse = async (
  deps: AccountDeps,
  response: URLSearchParams,
  claim: StateClaim,
  user_id?: string,
): Promise<Identity> => {
  const { provider, identify } = deps.openid.get(claim.provider)
  if (!(await takeState(deps, claim, user_id))) throw unusable()
  return identify(response, claim.state).catch((error: unknown) => {
    throw providerProblem(provider, error, deps.log)
  })
}
