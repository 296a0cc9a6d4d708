import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Log, ProtocolRoutes } from '@taskflow/service-kit'
import type { Provider } from 'oidc-provider'
import { appScopes, requestedScopes } from './app-scopes.ts'
import type { Limit } from './limit-requests.ts'
import { whileServing } from './served-request.ts'

const resume = '/oauth/auth/:uid'
const routes = new Set([
  '/.well-known/oauth-authorization-server',
  '/.well-known/openid-configuration',
  '/oauth/auth',
  '/oauth/token',
  '/oauth/register',
  '/oauth/revoke',
  '/oauth/jwks',
])

/** Characters of a query. What is asked for is stored until it is decided. */
const maxQuery = 4_000

/** The routes of the authorization server. Their errors are JSON as RFC 6749 (section 5.2) has it. */
export const serveOauth = (
  provider: Provider,
  { issuer, limit, log }: { issuer: string; limit: Limit; log: Log },
): ProtocolRoutes => {
  const { protocol, host } = new URL(issuer)
  provider.use(async (context, next) => {
    if (context.path === '/oauth/auth') {
      if (context.querystring.length > maxQuery) return refuse(context, 400, 'the request is too long')
      context.query = { ...context.query, scope: requestedScopes(context.query.scope).join(' ') }
    }
    await next()
    if (context.path.startsWith('/.well-known/')) {
      // oidc-provider adds `openid`, which is not granted here.
      Object.assign(context.body ?? {}, { scopes_supported: appScopes })
    }
    if (context.status === 404 && !context.body) refuse(context, 405, `this address does not take ${context.method}`)
  })
  provider.on('server_error', ({ oidc }, error) => log.error('an OAuth request failed', { route: oidc?.route, error }))
  // Koa's own prints errors as they are, outside the log and its masks.
  provider.onerror = (error) => void log.warn('an OAuth request was cut off', { error })
  const answer = provider.callback()
  return {
    routeOf: (path) => (routes.has(path) ? path : /^\/oauth\/auth\/[\w-]+$/.test(path) ? resume : undefined),
    serve: async (request, response, origin) => {
      const path = new URL(request.url ?? '/', issuer).pathname
      const refusal = await limit(path, origin.clientaddress ?? '')
      if (refusal) return tooMany(response, refusal)
      asSeenFromOutside(request, { protocol, host })
      await whileServing({ path, origin, headers: request.headers }, () => answer(request, response))
    },
  }
}

const refuse = (context: { status: number; body: unknown }, status: number, error_description: string): void => {
  context.status = status
  context.body = { error: 'invalid_request', error_description }
}

const tooMany = (response: ServerResponse, headers: Record<string, string>): void => {
  response.writeHead(429, {
    ...headers,
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
  })
  response.end(
    JSON.stringify({ error: 'temporarily_unavailable', error_description: 'too many requests; come again later' }),
  )
}

/** People reach the service at PUBLIC_URL, whatever a proxy or a client says. */
const asSeenFromOutside = (
  { headers }: IncomingMessage,
  { protocol, host }: { protocol: string; host: string },
): void => {
  headers['x-forwarded-proto'] = protocol.slice(0, -1)
  headers['x-forwarded-host'] = host
}
