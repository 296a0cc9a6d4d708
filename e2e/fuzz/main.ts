import { setTimeout as delay } from 'node:timers/promises'
import { choose, readOptions, refuse } from '@taskflow/command-line'
import { type Mesh, startMesh } from '@taskflow/local-mesh'
import { createAccounts, serveAccounts } from './accounts.ts'
import { findSchemathesis } from './schemathesis.ts'
import { sendHostile } from './send-hostile.ts'

const usage = `npm run fuzz [-- options]

Sends what no client would to its own mesh, in four parts:

  rest      Schemathesis, with all its checks but one: the examples of the OpenAPI document, valid and invalid requests,
            alone and in sequences
  sessions  the same for requests that end a session or an account: each has one of its own
  mcp       the same for /mcp
  raw       requests that are wrong as HTTP too, to these, to streams and to the authorization server

Exits with 1 when a response is a server error, is not as documented, does not end, or shows what it must not. Needs
Python 3.10 or newer; Schemathesis is downloaded on first use.

  --seconds N   duration, at least 10 (300)
  --seed N      repeats a run
  --only PART   that part alone
  --help        this text`

const options = readOptions(usage, { seconds: { type: 'string' }, seed: { type: 'string' }, only: { type: 'string' } })
const seconds = Number(options.seconds ?? 300)
if (!Number.isInteger(seconds) || seconds < 10) refuse(usage, '--seconds must be an integer of at least 10')
const seed = Number(options.seed ?? Math.floor(Math.random() * 2 ** 31))
if (!Number.isInteger(seed)) refuse(usage, '--seed must be an integer')
const chosen = choose(
  usage,
  ['rest', 'sessions', 'mcp', 'raw'].map((name) => ({ name })),
  options.only,
).map(({ name }) => name)
const report = (line: string) => console.log(line)

/** The first invocation of another service waits for name resolution. */
const untilAllAnswer = async (url: string, token: string): Promise<void> => {
  const isAllowed = async (path: string) =>
    (await fetch(url + path, { headers: { authorization: `Bearer ${token}` } })).status === 200
  for (const path of ['/api/v1/audit', '/api/v1/notifications', '/api/v1/admin/mesh', '/api/v1/admin/dead-letters']) {
    for (let tries = 0; !(await isAllowed(path)); tries++) {
      if (tries === 60) throw new Error(`${path} does not respond after a minute`)
      await delay(1_000)
    }
  }
}

/** An API token: /mcp takes none of a login. */
const makeApiToken = async (url: string, token: string): Promise<string> => {
  const answer = await fetch(`${url}/api/v1/auth/tokens`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'fuzz', scopes: ['tasks:read', 'tasks:write'] }),
  })
  return ((await answer.json()) as { token: string }).token
}

const ownSession = '/auth/(me|logout|change-password)$|/auth/sessions|/users/[^/]+/(sessions|suspend)$'
// Endless streams, and JSON-RPC.
const elsewhere = `${ownSession}|/events$|/stream$|^/mcp$`
// What a rule, a time zone or two fields together mean is not said by a JSON Schema: valid by it may still be 422.
const unsaid = 'positive_data_acceptance'
// Its errors are those of JSON-RPC: which are right, the conformance suite of MCP says.
const ofRpc = 'negative_data_rejection,status_code_conformance,content_type_conformance,response_schema_conformance'

const createParts = async ({ url, databaseUrl }: Mesh) => {
  const fuzz = await findSchemathesis({ url, seed, report })
  const accounts = await createAccounts({ url, databaseUrl })
  const { token } = await accounts.create()
  await untilAllAnswer(url, token)
  const sessions = await serveAccounts(accounts)
  const parts = [
    {
      name: 'rest',
      share: 0.5,
      run: (duration: number) =>
        fuzz(duration, { token, args: ['--exclude-checks', unsaid, '--exclude-path-regex', elsewhere] }),
    },
    {
      name: 'sessions',
      share: 0.2,
      run: (duration: number) =>
        fuzz(duration, {
          hooks: 'own-session.py',
          env: { FUZZ_SESSIONS: sessions.url },
          args: ['--exclude-checks', unsaid, '--include-path-regex', ownSession],
        }),
    },
    {
      name: 'mcp',
      share: 0.1,
      run: async (duration: number) =>
        fuzz(duration, {
          token: await makeApiToken(url, token),
          args: ['--exclude-checks', `${unsaid},${ofRpc}`, '--include-path', '/mcp'],
        }),
    },
    {
      name: 'raw',
      share: 0.2,
      run: async (duration: number) => {
        const problems = await sendHostile(url, accounts, { seconds: duration, seed, report })
        for (const problem of problems) console.error(problem)
        return problems.length === 0
      },
    },
  ]
  const close = async () => {
    sessions.close()
    await accounts.close()
  }
  return { parts, close }
}

const mesh = await startMesh({ report, env: { OAUTH_REQUESTS_PER_MINUTE: '0', OAUTH_REGISTRATIONS_PER_HOUR: '0' } })
process.once('SIGINT', () => mesh.stop().then(() => process.exit(130)))
try {
  const { parts, close } = await createParts(mesh)
  const some = parts.filter(({ name }) => chosen.includes(name))
  const shares = some.reduce((sum, { share }) => sum + share, 0)
  for (const { name, share, run } of some) {
    report(`${name}:`)
    if (!(await run(Math.ceil((seconds * share) / shares)))) process.exitCode = 1
  }
  await close()
} finally {
  await mesh.stop()
}
