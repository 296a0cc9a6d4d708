import { users } from '@taskflow/database'
import type { BaseDeps, ProtocolRoutes } from '@taskflow/service-kit'
import { and, eq, isNull } from 'drizzle-orm'
import type { Provider } from 'oidc-provider'
import { z } from 'zod'
import type { AccountDeps } from '../account/deps.ts'
import type { HttpDeps } from '../http/deps.ts'
import { issuerOf, mcpAddress } from './addresses.ts'
import { createAppTokens } from './app-tokens.ts'
import { createProvider } from './create-provider.ts'
import { createClientFetch } from './fetch-client.ts'
import { createLimit } from './limit-requests.ts'
import { serveOauth } from './serve-oauth.ts'

/** 0: no limit. */
const limit = z.coerce.number().int().min(0)

export const oauthSettings = {
  /** Signs the access tokens of apps and the cookies of their requests. */
  OAUTH_SECRET: z.string().min(32, 'must be a secret of at least 32 characters'),
  /** Schemes besides https to which apps on a person's machine may be sent back, separated by commas. */
  OAUTH_PRIVATE_SCHEMES: z
    .string()
    .default('cursor,vscode,vscode-insiders,vscodium,windsurf,claude,zed,raycast,warp,goose,com.raycast')
    .transform((text) => text.split(',').flatMap((item) => item.trim().toLowerCase() || []))
    .pipe(
      z.array(
        z
          .string()
          .regex(/^[a-z][a-z0-9+.-]*$/, 'must be schemes such as cursor, without ://')
          .refine(
            (scheme) => !/^(https?|javascript|vbscript|data|blob|file|about)$/.test(scheme),
            'names an unsafe scheme',
          ),
      ),
    ),
  /** Requests of one network to /oauth, at all replicas together. */
  OAUTH_REQUESTS_PER_MINUTE: limit.default(300),
  /** Clients that may register themselves from one network. */
  OAUTH_REGISTRATIONS_PER_HOUR: limit.default(100),
}

export interface OauthDeps extends HttpDeps, Pick<AccountDeps, 'appTokens'> {
  provider: Provider
  oauthRoutes: ProtocolRoutes
  /** Fetches metadata documents of clients. */
  fetchClient: typeof fetch
}

type OwnDeps = Pick<OauthDeps, 'provider' | 'oauthRoutes' | 'fetchClient' | 'appTokens'>
type Config = z.infer<z.ZodObject<typeof oauthSettings>> & { PUBLIC_URL: string }

export const createOauthDeps = (config: Config, base: BaseDeps, overrides: Partial<OwnDeps>): OwnDeps => {
  const { db, transaction, clock, log } = base
  const secret = config.OAUTH_SECRET
  const issuer = issuerOf(config.PUBLIC_URL)
  const fetchClient = overrides.fetchClient ?? createClientFetch()
  const provider =
    overrides.provider ??
    createProvider({
      ...{ db, transaction, issuer, secret, fetchClient },
      resource: mcpAddress(config.PUBLIC_URL),
      privateSchemes: config.OAUTH_PRIVATE_SCHEMES,
      hasAccount: async (user_id) =>
        (await db.$count(users, and(eq(users.id, user_id), isNull(users.suspended_at)))) > 0,
    })
  const limit = createLimit(base, {
    requestsPerMinute: config.OAUTH_REQUESTS_PER_MINUTE,
    registrationsPerHour: config.OAUTH_REGISTRATIONS_PER_HOUR,
  })
  return {
    fetchClient,
    provider,
    appTokens: overrides.appTokens ?? createAppTokens({ db, clock, issuer, secret }),
    oauthRoutes: overrides.oauthRoutes ?? serveOauth(provider, { issuer, limit, log }),
  }
}
