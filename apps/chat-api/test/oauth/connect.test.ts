import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import {
  Client,
  type OAuthClientMetadata,
  type OAuthClientProvider,
  StreamableHTTPClientTransport,
  UnauthorizedError,
} from '@modelcontextprotocol/client'
import { approve, redirect_uri, startOauth } from '../../testing/oauth-app.ts'

// biome-ignore lint/suspicious/noExplicitAny: answers, inspected part by part
type Json = any

/** What an MCP client keeps, in memory; the address for the browser is kept too. */
const createMemory = (metadata: Partial<OAuthClientMetadata> = {}, clientMetadataUrl?: string) => {
  const kept: Record<string, Json> = {}
  const keep = (name: string) => (value: unknown) => {
    kept[name] = value
  }
  const provider: OAuthClientProvider = {
    redirectUrl: redirect_uri,
    ...(clientMetadataUrl ? { clientMetadataUrl } : {}),
    clientMetadata: {
      client_name: 'Official client',
      redirect_uris: [redirect_uri],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      token_endpoint_auth_method: 'none',
      ...metadata,
    },
    clientInformation: () => kept.client,
    saveClientInformation: keep('client'),
    tokens: () => kept.tokens,
    saveTokens: keep('tokens'),
    redirectToAuthorization: keep('url'),
    saveCodeVerifier: keep('verifier'),
    codeVerifier: () => kept.verifier,
    saveDiscoveryState: keep('discovery'),
    discoveryState: () => kept.discovery,
  }
  return { kept, provider }
}

/** The official client, which knows nothing but the address of /mcp. */
const connectByUrl = async (
  t: TestContext,
  address: string,
  person: { token: string },
  { provider, kept }: ReturnType<typeof createMemory> = createMemory(),
) => {
  const create = () => new StreamableHTTPClientTransport(new URL(`${address}/mcp`), { authProvider: provider })
  const transport = create()
  const fresh = () => new Client({ name: 'official', version: '1' }, { versionNegotiation: { mode: 'auto' } })
  await assert.rejects(fresh().connect(transport), UnauthorizedError)
  const { callback, consent } = await approve(kept.url, person)
  await transport.finishAuth(callback!.searchParams)
  const client = fresh()
  await client.connect(create())
  t.after(() => client.close())
  return { client, consent, kept }
}

test('the official client connects by the address of /mcp alone, and goes on after its token has expired', async (t) => {
  const api = await startOauth(t)
  const ada = await api.signup()
  const { client, consent, kept } = await connectByUrl(t, api.publicUrl, ada)
  assert.deepEqual(
    [consent.name, consent.host, consent.publisher, consent.is_local, consent.scopes],
    ['Official client', '127.0.0.1:33418', null, true, ['tasks:read', 'tasks:write']],
  )
  await client.callTool({ name: 'add_tasks', arguments: { tasks: [{ title: 'milk' }] } })
  const found: Json = await client.callTool({ name: 'find_tasks', arguments: {} })
  assert.equal(found.structuredContent.tasks[0].title, 'milk')
  assert.equal((await ada.get('/api/v1/tasks')).body.data[0].title, 'milk')

  // As if it had expired: the client fetches a new one with its refresh token.
  const before = kept.tokens
  kept.tokens = { ...before, access_token: `${before.access_token.slice(0, -4)}AAAA` }
  const again: Json = await client.callTool({ name: 'find_tasks', arguments: {} })
  assert.equal(again.structuredContent.tasks.length, 1)
  assert.notEqual(kept.tokens.refresh_token, before.refresh_token)
})
