import fc from '@taskflow/test-kit/fast-check'
import blns from 'big-list-of-naughty-strings' with { type: 'json' }
import { type Account, password } from './accounts.ts'

/** A request as it is written to the connection. */
export interface HostileRequest {
  line: string
  headers: [string, string][]
  body: Buffer
}

interface Route {
  method: string
  path: string
  type?: 'json' | 'form' | 'stream'
  fields?: Record<string, unknown>
  /** Headers and parameters of the query that it reads, beside those that all do. */
  reads?: { headers?: string[]; query?: string[] }
}

const cookies = { headers: ['cookie', 'x-refresh-token', 'origin'] }
export const redirect_uri = 'http://127.0.0.1:33418/callback'

/** What ends sessions and accounts, streams, and what the OpenAPI document does not have. */
export const routesFor = (
  { id, token, refresh_token }: Account,
  { other, resource, client_id }: { other: Account; resource: string; client_id: string },
): Route[] => [
  { method: 'GET', path: '/api/v1/auth/me' },
  { method: 'PATCH', path: '/api/v1/auth/me', fields: { name: 'Ada', time_zone: 'Europe/Berlin' } },
  { method: 'DELETE', path: '/api/v1/auth/me', fields: { password } },
  { method: 'POST', path: '/api/v1/auth/logout', fields: { refresh_token }, reads: cookies },
  { method: 'POST', path: '/api/v1/auth/refresh', fields: { refresh_token }, reads: cookies },
  {
    method: 'POST',
    path: '/api/v1/auth/change-password',
    fields: { current_password: password, new_password: 'staple battery', also_revoke: ['api_tokens', 'apps'] },
  },
  { method: 'GET', path: '/api/v1/auth/sessions' },
  { method: 'DELETE', path: '/api/v1/auth/sessions' },
  { method: 'DELETE', path: `/api/v1/auth/sessions/${sessionOf(token)}` },
  { method: 'POST', path: `/api/v1/admin/users/${other.id}/suspend` },
  { method: 'DELETE', path: `/api/v1/admin/users/${other.id}/sessions` },
  {
    method: 'GET',
    path: '/api/v1/events',
    type: 'stream',
    reads: { headers: ['last-event-id'], query: ['last_event_id'] },
  },
  {
    method: 'GET',
    path: '/api/v1/admin/events/stream',
    type: 'stream',
    reads: { query: ['type', 'topic', 'user_id'] },
  },
  { method: 'GET', path: `/api/v1/chat/${id}/stream`, type: 'stream', reads: { query: ['after'] } },
  {
    method: 'POST',
    path: '/mcp',
    reads: { headers: ['mcp-session-id', 'mcp-protocol-version', 'origin'] },
    fields: { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'find_tasks', arguments: { text: 'x' } } },
  },
  {
    method: 'POST',
    path: '/oauth/register',
    fields: { client_name: 'Fuzz', redirect_uris: [redirect_uri], grant_types: ['authorization_code'] },
  },
  {
    method: 'POST',
    path: '/oauth/token',
    type: 'form',
    fields: { grant_type: 'refresh_token', client_id, refresh_token, resource },
  },
  {
    method: 'POST',
    path: '/oauth/token',
    type: 'form',
    fields: { grant_type: 'authorization_code', client_id, code: id, code_verifier: refresh_token, redirect_uri },
  },
  { method: 'POST', path: '/oauth/revoke', type: 'form', fields: { client_id, token: refresh_token } },
  {
    method: 'GET',
    path: `/oauth/auth?${new URLSearchParams({
      ...{ client_id, redirect_uri, response_type: 'code', state: 'x', scope: 'tasks:read', resource },
      ...{ code_challenge: 'x'.repeat(43), code_challenge_method: 'S256' },
    })}`,
  },
  { method: 'GET', path: `/oauth/auth/${id}`, reads: { headers: ['cookie'] } },
  { method: 'GET', path: '/oauth/jwks' },
  { method: 'GET', path: `/api/v1/oauth/consents/${id}`, reads: { headers: ['cookie'] } },
  { method: 'POST', path: `/api/v1/oauth/consents/${id}`, fields: { scopes: ['tasks:read'] } },
  { method: 'GET', path: '/.well-known/oauth-authorization-server' },
  { method: 'GET', path: '/.well-known/oauth-protected-resource/mcp' },
]

const sessionOf = (token: string): string =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()).sid

const text = fc.oneof(
  fc.constantFrom(...(blns as string[])),
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.constantFrom('\0', '\ud800', '', ' ', 'https://169.254.169.254/', 'javascript:alert(1)', 'x'.repeat(300_000)),
)
const value = fc.oneof(
  { weight: 3, arbitrary: text },
  fc.jsonValue({ maxDepth: 4 }),
  fc.constantFrom(null, true, -1, 1e308, Number.MAX_SAFE_INTEGER + 1, [], {}, Array(50_000).fill(0)),
)

type Change<Part> = fc.Arbitrary<(part: Part) => Part>
type Fields = Record<string, unknown>
type Headers = [string, string][]

const fieldChange: Change<Fields> = fc.oneof(
  fc.tuple(fc.nat(), value).map(([index, given]) => (fields: Fields) => {
    const names = Object.keys(fields)
    const name = names[index % (names.length || 1)] ?? 'x'
    return { ...fields, [name]: given }
  }),
  fc.tuple(text, value).map(([name, given]) => (fields: Fields) => ({ ...fields, [name]: given })),
  fc.nat().map((index) => (fields: Fields) => Object.fromEntries(Object.entries(fields).toSpliced(index % 4, 1))),
)

const million = 1_000_000
const bytesChange: Change<Buffer> = fc.oneof(
  { weight: 12, arbitrary: fc.constant((body: Buffer) => body) },
  fc.nat().map((length) => (body: Buffer) => body.subarray(0, length % (body.length + 1))),
  fc.tuple(fc.nat(), fc.nat(255)).map(([at, byte]) => (body: Buffer) => {
    const changed = Buffer.from(body)
    if (changed.length > 0) changed[at % changed.length] = byte
    return changed
  }),
  fc.uint8Array({ maxLength: 2_000 }).map((bytes) => () => Buffer.from(bytes)),
  fc
    .constantFrom('['.repeat(million), '{"a":'.repeat(100_000), `"${'x'.repeat(12 * million)}"`, 'a=&'.repeat(300_000))
    .map((content) => () => Buffer.from(content)),
)

/** Bytes that may be in the value of a header: the rest would end it. */
const headerText = fc
  .oneof(
    text,
    fc.constantFrom('x'.repeat(5_000), '\xff\xfe', 'Bearer ', 'Bearer tf_x', '0', '-1', '99999999999999999999'),
  )
  .map((content) => content.replaceAll(/[\0\r\n]/g, ' ').slice(0, 5_000))
const headerName = fc.constantFrom(
  ...['authorization', 'accept', 'content-type', 'content-encoding', 'content-length', 'transfer-encoding', 'host'],
  ...[
    'origin',
    'cookie',
    'x-forwarded-for',
    'x-forwarded-host',
    'x-forwarded-proto',
    'x-correlation-id',
    'traceparent',
  ],
  ...['last-event-id', 'if-match', 'if-none-match', 'idempotency-key', 'range', 'expect', 'upgrade', 'user-agent'],
  ...['mcp-session-id', 'mcp-protocol-version', 'dapr-app-id', 'dapr-api-token', 'pubsubname', 'te'],
)
const headerChange: Change<Headers> = fc.oneof(
  { weight: 2, arbitrary: fc.constant((headers: Headers) => headers) },
  fc.tuple(headerName, headerText).map(
    ([name, given]) =>
      (headers: Headers): Headers => [...headers.filter(([each]) => each !== name), [name, given]],
  ),
  fc.tuple(headerName, headerText).map((added) => (headers: Headers) => [...headers, added]),
  fc
    .integer({ min: 1, max: 1_500 })
    .map((count) => (headers: Headers) => [
      ...headers,
      ...Array.from({ length: count }, (_, index): [string, string] => [`x-${index}`, '']),
    ]),
)

const pathChange: Change<string> = fc.oneof(
  { weight: 6, arbitrary: fc.constant((path: string) => path) },
  fc
    .constantFrom('%', '%00', '%ff', '/', '/..%2f', '?', `?${'x=&'.repeat(2_000)}`, '?%', '?x[y]=1', '#x')
    .map((end) => (path: string) => path + end),
  text.map((content) => (path: string) => `${path}${path.includes('?') ? '&' : '?'}x=${encodeSafely(content)}`),
  text.map((content) => (path: string) => path.replace(/[^/]+$/, encodeSafely(content))),
)

const encodeSafely = (content: string): string => encodeURIComponent(content.toWellFormed()).slice(0, 8_000)

const methodChange: Change<string> = fc.oneof(
  { weight: 12, arbitrary: fc.constant((method: string) => method) },
  fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND').map((other) => () => other),
)

const asText = (given: unknown): string => (typeof given === 'string' ? given : (JSON.stringify(given) ?? ''))

const write = ({ type = 'json', fields }: Route, changes: ((fields: Fields) => Fields)[]): Buffer => {
  if (!fields) return Buffer.alloc(0)
  const changed = changes.reduce((now, change) => change(now), fields)
  if (type !== 'form') return Buffer.from(JSON.stringify(changed))
  return Buffer.from(
    Object.entries(changed)
      .map((pair) => pair.map((each) => encodeURIComponent(asText(each).toWellFormed())).join('='))
      .join('&'),
  )
}

/** What changes a good request into a hostile one. */
export const attack = fc.record({
  route: fc.nat(),
  fields: fc.array(fieldChange, { maxLength: 3 }),
  bytes: bytesChange,
  headers: fc.array(headerChange, { maxLength: 3 }),
  path: pathChange,
  method: methodChange,
  /** What the route reads besides: an index, what to put there. */
  read: fc.option(fc.tuple(fc.nat(), headerText)),
  hasToken: fc.integer({ min: 0, max: 9 }).map((chance) => chance > 0),
})
export type Attack = typeof attack extends fc.Arbitrary<infer Value> ? Value : never

export const hostileRequest = (route: Route, token: string, host: string, given: Attack): HostileRequest => {
  const body = given.bytes(write(route, given.fields))
  const type = route.type === 'form' ? 'application/x-www-form-urlencoded' : 'application/json'
  const { header, query } = readFrom(route, given.read)
  const good: Headers = [
    ['host', host],
    ['connection', 'close'],
    ['accept', 'application/json, text/event-stream'],
    ...(given.hasToken ? [['authorization', `Bearer ${token}`] satisfies [string, string]] : []),
    ...(body.length > 0
      ? ([
          ['content-type', type],
          ['content-length', String(body.length)],
        ] satisfies Headers)
      : []),
    ...header,
  ]
  return {
    line: `${given.method(route.method)} ${given.path(route.path + query)} HTTP/1.1`,
    headers: given.headers.reduce((headers, change) => change(headers), good),
    body,
  }
}

const readFrom = ({ reads: { headers = [], query = [] } = {} }: Route, given: Attack['read']) => {
  const [index, content] = given ?? [0, '']
  const name = given && [...headers, ...query][index % (headers.length + query.length || 1)]
  if (!name) return { header: [], query: '' }
  if (headers.includes(name)) return { header: [[name, content]] satisfies Headers, query: '' }
  return { header: [], query: `?${name}=${encodeSafely(content)}` }
}
