import type { Database, Transaction } from '@taskflow/service-kit'
import { type Configuration, errors, interactionPolicy, Provider } from 'oidc-provider'
import { appScopes, toolScopes } from './app-scopes.ts'
import { normalizeClient } from './client-metadata.ts'
import { mayFetchFrom } from './fetch-client.ts'
import { deriveKeys } from './keys.ts'
import { accessTokenSeconds, codeSeconds, consentSeconds, grantSeconds, refreshTokenSeconds } from './lifetimes.ts'
import { createStateAdapter } from './state-adapter.ts'

export interface ProviderOptions {
  db: Database
  transaction: Transaction
  issuer: string
  /** The address of /mcp, for which all access tokens are. */
  resource: string
  secret: string
  privateSchemes: string[]
  /** Fetches metadata documents of clients. */
  fetchClient: typeof fetch
  /** Whether a person exists. */
  hasAccount: (user_id: string) => Promise<boolean>
}

/** Where the page reads and decides what an app asks for: the cookie of a request is sent there only. */
export const consentPath = (uid: string): string => `/api/v1/oauth/consents/${uid}`

/**
 * The authorization server (OAuth 2.1): oidc-provider without sessions of its own. Each request of an app is shown to
 * the person by the console, who decides anew: apps on a machine cannot prove who they are (RFC 8252, section 8.6).
 */
export const createProvider = (options: ProviderOptions): Provider => {
  const { issuer, resource } = options
  const { signing, cookies } = deriveKeys(options.secret)
  const cookie = { httpOnly: true, sameSite: 'lax', signed: true, overwrite: false } as const
  const provider: Provider = new Provider(issuer, {
    adapter: createStateAdapter(options),
    jwks: { keys: [signing] },
    scopes: [...appScopes],
    responseTypes: ['code'],
    clientAuthMethods: ['none'],
    pkce: { required: () => true },
    clientDefaults: { token_endpoint_auth_method: 'none', id_token_signed_response_alg: 'ES256' },
    enabledJWA: { idTokenSigningAlgValues: ['ES256'] },
    extraClientMetadata: {
      // Called for this property, whether or not a client has it: the place to change all of them.
      properties: ['software_id'],
      validator: (_context, _name, _value, metadata) => normalizeClient(options.privateSchemes)(metadata),
    },
    cookies: {
      keys: [cookies],
      names: { interaction: 'oauth_consent', resume: 'oauth_resume', session: 'oauth_none' },
      short: cookie,
      // There are no sessions: the cookie expires at once.
      long: { ...cookie, expires: new Date(0) } as typeof cookie,
    },
    routes: {
      authorization: '/oauth/auth',
      token: '/oauth/token',
      registration: '/oauth/register',
      revocation: '/oauth/revoke',
      jwks: '/oauth/jwks',
      end_session: '/oauth/none',
    },
    ttl: {
      AccessToken: accessTokenSeconds,
      AuthorizationCode: codeSeconds,
      Grant: grantSeconds,
      Interaction: consentSeconds,
      RefreshToken: refreshTokenSeconds,
      Session: consentSeconds,
      IdToken: accessTokenSeconds,
    },
    rotateRefreshToken: true,
    issueRefreshToken: async (_context, client) => client.grantTypeAllowed('refresh_token'),
    expiresWithSession: async () => false,
    extraTokenClaims: async (_context, token) => ('grantId' in token ? { gid: token.grantId } : {}),
    findAccount: async (_context, sub) =>
      (await options.hasAccount(sub)) ? { accountId: sub, claims: async () => ({ sub }) } : undefined,
    loadExistingGrant: async ({ oidc }) => {
      const id = oidc.result?.consent?.grantId
      return id ? provider.Grant.find(id) : undefined
    },
    clientBasedCORS: () => false,
    fetch: options.fetchClient,
    features: {
      devInteractions: { enabled: false },
      userinfo: { enabled: false },
      rpInitiatedLogout: { enabled: false },
      dPoP: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
      registration: { enabled: true, issueRegistrationAccessToken: false },
      clientIdMetadataDocument: {
        enabled: true,
        ack: 'draft-02',
        allowFetch: async (_context, address) => mayFetchFrom(address),
        allowClient: async () => true,
      },
      revocation: {
        enabled: true,
        allowedPolicy: async (_context, client, token) => client.clientId === token.clientId,
      },
      resourceIndicators: {
        enabled: true,
        defaultResource: async () => resource,
        useGrantedResource: async () => true,
        getResourceServerInfo: async (_context, asked) => {
          if (asked !== resource) throw new errors.InvalidTarget(`the only resource is ${resource}`)
          return {
            scope: toolScopes.join(' '),
            audience: resource,
            accessTokenTTL: accessTokenSeconds,
            accessTokenFormat: 'jwt',
            jwt: { sign: { alg: 'ES256' } },
          }
        },
      },
    },
    interactions: {
      policy: [askAlways()],
      url: (context, { uid }) => {
        // The cookie that oidc-provider sets is for the page's address; the page asks at this one.
        context.cookies.set('oauth_consent', uid, { ...cookie, path: consentPath(uid), maxAge: consentSeconds * 1_000 })
        return `/consent/${uid}`
      },
    },
    renderError: async (context, { error, error_description }) => {
      if (context.accepts('json', 'html') === 'json') context.body = { error, error_description }
      else {
        context.type = 'text/plain'
        context.body = `TaskFlow cannot connect this app: ${error_description ?? error}\n\nGo back to the app and start again.\n`
      }
    },
    discovery: { service_documentation: new URL('/docs', issuer).href },
  } satisfies Configuration)
  provider.proxy = true
  return provider
}

const askAlways = () =>
  new interactionPolicy.Prompt(
    { name: 'consent', requestable: true },
    new interactionPolicy.Check('undecided', 'a person must decide', 'consent_required', ({ oidc }) =>
      oidc.result?.consent?.grantId === undefined
        ? interactionPolicy.Check.REQUEST_PROMPT
        : interactionPolicy.Check.NO_NEED_TO_PROMPT,
    ),
  )
