import type { IncomingHttpHeaders } from 'node:http'
import type { Allowance } from '../attempts.ts'
import { readCookie, writeCookie } from '../cookies.ts'
import type { AccountDeps } from '../deps.ts'
import { requireAllowed } from '../mail/mail-limits.ts'
import { networkOf } from '../network-of.ts'
import { newSecretToken } from '../secret-tokens.ts'
import { keepState } from './openid-states.ts'
import { providerProblem } from './provider-problem.ts'

const perNetwork: Allowance = { name: 'openid', allowed: 1_000, windowSeconds: 3_600 }

/**
 * Begins a sign-in, or of `user_id` a link, at a provider: returns where to send the browser, with the cookie that ties
 * it to this browser. Who sends a person the address of a finished sign-in signs nobody in. Problem 503 while the
 * provider is away, 429 after too many.
 */
export const beginAtProvider = async (
  deps: AccountDeps,
  begun: { provider: string; user_id?: string; headers: IncomingHttpHeaders; address: string },
): Promise<{ url: string; cookie: string }> => {
  const { openid, publicUrl, log } = deps
  const { provider, authorizationUrl } = openid.get(begun.provider)
  const subject = `openid network ${networkOf(begun.address)}`
  await requireAllowed(deps, perNetwork, subject, 'too many sign-ins from your network address')
  const state = newSecretToken('')
  const url = await authorizationUrl(state).catch((error: unknown) => {
    throw providerProblem(provider, error, log)
  })
  // One for all sign-ins that a browser has begun: they may be in two tabs.
  const browser = readCookie(begun.headers, 'openid', publicUrl) || newSecretToken('tfo_')
  const { user_id } = begun
  await keepState(deps, { state, browser, provider: provider.id }, user_id === undefined ? {} : { user_id })
  return { url: url.href, cookie: writeCookie('openid', browser, publicUrl) }
}
