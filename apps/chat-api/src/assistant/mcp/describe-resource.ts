import { getOAuthProtectedResourceMetadataUrl } from '@modelcontextprotocol/server'
import { type Endpoint, endpoint } from '@taskflow/service-kit'
import { z } from 'zod'

/** The scopes that tools need. */
const toolScopes = ['tasks:read', 'tasks:write']

const metadata = z
  .object({
    resource: z.url(),
    resource_name: z.string(),
    resource_documentation: z.url(),
    bearer_methods_supported: z.array(z.string()),
    scopes_supported: z.array(z.string()),
  })
  .meta({ id: 'ProtectedResource' })

/** The challenge of a 401: where /mcp is described. */
export const challengeOf = (publicUrl: string): string =>
  `resource_metadata="${getOAuthProtectedResourceMetadataUrl(new URL('/mcp', publicUrl))}", scope="${toolScopes.join(' ')}"`

/**
 * The metadata of RFC 9728, for the service and for /mcp. It names no authorization server, because there is none:
 * users create API tokens themselves.
 */
export const describeResource = ({ publicUrl }: { publicUrl: string }): Endpoint[] =>
  ['', '/mcp'].map((resource) =>
    endpoint({
      method: 'get',
      path: `/.well-known/oauth-protected-resource${resource}`,
      summary: `How to authenticate${resource && ` at ${resource}`} (RFC 9728): with an API token of POST /api/v1/auth/tokens`,
      access: 'public',
      answers: { 200: metadata },
      handle: async () => ({
        status: 200,
        headers: { 'access-control-allow-origin': '*' },
        body: {
          resource: new URL(resource, publicUrl).href,
          resource_name: 'TaskFlow',
          resource_documentation: new URL('/docs', publicUrl).href,
          bearer_methods_supported: ['header'],
          scopes_supported: toolScopes,
        },
      }),
    }),
  )
