import { getOAuthProtectedResourceMetadataUrl } from '@modelcontextprotocol/server'
import { type Endpoint, endpoint, type Resource } from '@taskflow/service-kit'
import { z } from 'zod'
import { issuerOf, mcpAddress } from '../../oauth/addresses.ts'
import { toolScopes } from '../../oauth/app-scopes.ts'

const metadata = z
  .object({
    resource: z.url(),
    authorization_servers: z.array(z.url()).optional(),
    resource_name: z.string(),
    resource_documentation: z.url(),
    bearer_methods_supported: z.array(z.string()),
    scopes_supported: z.array(z.string()),
  })
  .meta({ id: 'ProtectedResource' })

/** /mcp, for which apps get access tokens. Challenges say where it is described. */
export const mcpResource = (publicUrl: string): Resource => {
  const id = mcpAddress(publicUrl)
  return { id, metadata: getOAuthProtectedResourceMetadataUrl(new URL(id)), scopes: [...toolScopes] }
}

/** The metadata of RFC 9728: of /mcp, which apps connect to, and of the API, which takes API tokens only. */
export const describeResource = ({ publicUrl }: { publicUrl: string }): Endpoint[] =>
  [
    { path: '', how: 'with an API token of POST /api/v1/auth/tokens', servers: {} },
    { path: '/mcp', how: 'by OAuth, or with an API token', servers: { authorization_servers: [issuerOf(publicUrl)] } },
  ].map(({ path, how, servers }) =>
    endpoint({
      method: 'get',
      path: `/.well-known/oauth-protected-resource${path}`,
      summary: `How to authenticate${path && ` at ${path}`} (RFC 9728): ${how}`,
      access: 'public',
      answers: { 200: metadata },
      handle: async () => ({
        status: 200,
        headers: { 'access-control-allow-origin': '*' },
        body: {
          resource: new URL(path, publicUrl).href,
          ...servers,
          resource_name: 'TaskFlow',
          resource_documentation: new URL('/docs', publicUrl).href,
          bearer_methods_supported: ['header'],
          scopes_supported: toolScopes,
        },
      }),
    }),
  )
