import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import { type AppSeen, oauthState } from '@taskflow/database'
import { type Database, type Origin, Problem, type Scope, type Transaction } from '@taskflow/service-kit'
import { and, eq } from 'drizzle-orm'
import { errors, type Provider } from 'oidc-provider'
import { recordAccountAction } from '../account/record-account-action.ts'
import { hashOf } from '../account/secret-tokens.ts'
import { toolScopes } from './app-scopes.ts'
import { hostOf, isLocal } from './client-metadata.ts'
import { grantSeconds } from './lifetimes.ts'

/** What an app asks a person for. */
export interface Consent extends AppSeen {
  uid: string
  /** Whose metadata document the app showed: that host vouches for the name. Null when anybody may have chosen it. */
  publisher: string | null
  /** The app is a program on the person's machine. */
  is_local: boolean
  scopes: Scope[]
  lasts_days: number
}

const maxApps = 100
const gone = () =>
  new Problem('not-found', 'this request is over, or was begun in another browser; go back to the app and start again')

type Interaction = Awaited<ReturnType<Provider['interactionDetails']>>

/** The request that this browser began: its cookie says so. Problem 404. */
const findRequest = async (provider: Provider, uid: string, headers: IncomingHttpHeaders) => {
  const http = asHttp(headers)
  const interaction = await provider.interactionDetails(...http).catch((error: unknown) => {
    if (error instanceof errors.SessionNotFound) throw gone()
    throw error
  })
  if (interaction.uid !== uid) throw gone()
  return { interaction, http }
}

/** All that oidc-provider needs to read a cookie. */
const asHttp = (headers: IncomingHttpHeaders): [IncomingMessage, ServerResponse] => [
  { headers, socket: {}, url: '/' } as IncomingMessage,
  { getHeader: () => undefined, setHeader: () => {} } as unknown as ServerResponse,
]

const consentOf = async (provider: Provider, { uid, params }: Interaction): Promise<Consent> => {
  const client = await provider.Client.find(String(params.client_id)).catch(() => undefined)
  if (!client) throw gone()
  const redirect = String(params.redirect_uri)
  const asked = String(params.scope).split(' ')
  return {
    uid,
    name: client.clientName ?? '',
    host: hostOf(redirect),
    publisher: /^https:/i.test(client.clientId) ? hostOf(client.clientId) : null,
    is_local: isLocal(redirect),
    scopes: toolScopes.filter((scope) => asked.includes(scope)),
    lasts_days: grantSeconds / 86_400,
  }
}

export const readConsent = async (provider: Provider, uid: string, headers: IncomingHttpHeaders): Promise<Consent> =>
  consentOf(provider, (await findRequest(provider, uid, headers)).interaction)

/**
 * Lets the app act for a person within `scopes`, or refuses with an empty list. Returns where the browser goes next;
 * the same when the answer was lost and the person decides again. Problems 404 and 409.
 */
export const decideConsent = async (
  {
    provider,
    db,
    transaction,
    resource,
  }: { provider: Provider; db: Database; transaction: Transaction; resource: string },
  decision: { uid: string; headers: IncomingHttpHeaders; user_id: string; scopes: Scope[]; origin: Origin },
): Promise<string> => {
  const { uid, headers, user_id, scopes, origin } = decision
  const { interaction, http } = await findRequest(provider, uid, headers)
  const { result, params, returnTo } = interaction
  if (result) {
    if (result.login && result.login.accountId !== user_id) throw gone()
    return returnTo
  }
  if (scopes.length === 0) {
    const error_description = 'the person refused'
    return provider.interactionResult(...http, { error: 'access_denied', error_description })
  }
  const { name, host, scopes: asked } = await consentOf(provider, interaction)
  const ofPerson = and(eq(oauthState.model, 'Grant'), eq(oauthState.user_id, user_id))
  if ((await db.$count(oauthState, ofPerson)) >= maxApps) {
    throw new Problem('conflict', `${maxApps} apps are connected; disconnect one that is no longer used`)
  }
  const grant = new provider.Grant({ accountId: user_id, clientId: String(params.client_id) })
  const granted = asked.filter((scope) => scopes.includes(scope)).join(' ')
  // oidc-provider knows the scopes as its own too: clients may register them.
  grant.addOIDCScope(`${granted} offline_access`)
  grant.addResourceScope(resource, granted)
  const grantId = await grant.save()
  await transaction(async (tx) => {
    await tx
      .update(oauthState)
      .set({ about: { name, host } })
      .where(and(ofPerson, eq(oauthState.id, hashOf(grantId))))
    const details = { app: name ?? '', host, scopes: granted.split(' ') }
    await recordAccountAction(tx, user_id, { action: 'app_connected', actor: 'person', headers, details })
  }, origin)
  return provider.interactionResult(...http, { login: { accountId: user_id, remember: false }, consent: { grantId } })
}
