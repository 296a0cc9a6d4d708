import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { delimiter, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { readOptions, refuse } from '@taskflow/command-line'
import { cached, defaultCacheDir, type Mesh, startMesh } from '@taskflow/local-mesh'
import pg from 'pg'

const usage = `npm run fuzz [-- options]

Runs Schemathesis, with all its checks but one, against its own mesh: the examples of the OpenAPI document, valid and
invalid requests, alone and in sequences. Exits with 1 when a response is a server error or not as documented. Needs
Python 3.10 or newer; Schemathesis is downloaded on first use.

  --seconds N   duration, at least 10 (300)
  --seed N      repeats a run
  --help        this text`

const schemathesis = 'schemathesis==4.32.5'

const options = readOptions(usage, { seconds: { type: 'string' }, seed: { type: 'string' } })
const seconds = Number(options.seconds ?? 300)
if (!Number.isInteger(seconds) || seconds < 10) refuse(usage, '--seconds must be an integer of at least 10')
const python = ['python3', 'python'].find(
  (name) => spawnSync(name, ['-c', 'import sys; sys.exit(sys.version_info < (3, 10))']).status === 0,
)
if (!python) {
  console.error('Schemathesis needs Python 3.10 or newer: install it, then run this again')
  process.exit(2)
}
const report = (line: string) => console.log(line)
const library = await cached(
  defaultCacheDir(process.env),
  schemathesis.replace('==', '-'),
  async (folder) => {
    report(`downloading ${schemathesis}`)
    const install = spawn(python, ['-m', 'pip', 'install', '--quiet', '--target', folder, schemathesis], {
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    const [status] = await once(install, 'exit')
    if (status !== 0) throw new Error(`${schemathesis} could not be installed by pip (exit ${status})`)
  },
  { report },
)

/** Creates an admin, who may call every operation, and returns its token. */
const signUp = async ({ url, databaseUrl }: Mesh): Promise<string> => {
  const answer = await fetch(`${url}/api/v1/auth/signup`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: 'fuzz@example.com', password: 'correct horse', name: 'Fuzz' }),
  })
  const { token, user } = (await answer.json()) as { token: string; user: { id: string } }
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  await client.query(`UPDATE identity.users SET role = 'admin' WHERE id = $1`, [user.id])
  await client.end()
  // The first invocation of another service waits for name resolution.
  const isAllowed = async (path: string) =>
    (await fetch(url + path, { headers: { authorization: `Bearer ${token}` } })).status === 200
  for (const path of ['/api/v1/audit', '/api/v1/notifications', '/api/v1/admin/mesh', '/api/v1/admin/dead-letters']) {
    for (let tries = 0; !(await isAllowed(path)); tries++) {
      if (tries === 60) throw new Error(`${path} does not respond after a minute`)
      await delay(1_000)
    }
  }
  return token
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

/** Runs Schemathesis; returns its exit status. */
const fuzz = async (url: string, token: string, duration: number, args: string[]): Promise<number> => {
  const run = spawn(
    python,
    [
      ...['-c', 'from schemathesis.cli import schemathesis; schemathesis()'],
      ...['--config-file', join(import.meta.dirname, 'schemathesis.toml'), 'run', `${url}/openapi.json`],
      ...['--header', `Authorization: Bearer ${token}`, '--max-time', String(duration)],
      ...['--continue-on-failure', '--no-color', '--checks', 'all'],
      ...args,
      ...(options.seed ? ['--seed', options.seed] : []),
    ],
    {
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, PYTHONPATH: [library, process.env.PYTHONPATH].filter(Boolean).join(delimiter) },
    },
  )
  const [status] = await once(run, 'exit')
  return status ?? 1
}

// These end the session or the account of the run or take its password, are endless streams, or are JSON-RPC.
const elsewhere =
  '/auth/(me|logout|change-password)$|/auth/sessions|/users/[^/]+/(sessions|suspend)$|/events$|/stream$|^/mcp$'
// What a rule, a time zone or two fields together mean is not said by a JSON Schema: valid by it may still be 422.
const unsaid = 'positive_data_acceptance'

const mesh = await startMesh({ report })
process.once('SIGINT', () => mesh.stop().then(() => process.exit(130)))
try {
  const token = await signUp(mesh)
  const ofMcp = await makeApiToken(mesh.url, token)
  const rest = await fuzz(mesh.url, token, Math.ceil(seconds * 0.9), [
    ...['--exclude-checks', unsaid, '--exclude-path-regex', elsewhere],
  ])
  // Its errors are those of JSON-RPC: which are right, the conformance suite of MCP says.
  const errors = 'negative_data_rejection,status_code_conformance,content_type_conformance,response_schema_conformance'
  const mcp = await fuzz(mesh.url, ofMcp, Math.ceil(seconds * 0.1), [
    ...['--exclude-checks', `${unsaid},${errors}`, '--include-path', '/mcp'],
  ])
  process.exitCode = rest || mcp
} finally {
  await mesh.stop()
}
