import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { delimiter, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { cached, defaultCacheDir, type Mesh, startMesh } from '@taskflow/local-mesh'
import pg from 'pg'

/**
 * `npm run fuzz`: Schemathesis, all its checks but one, against a running mesh for `-- --seconds N` (300): the examples
 * of the OpenAPI document, requests that it allows and ones it forbids, alone and in sequences. Exit 1 when an answer
 * is a server error or not as documented. `-- --seed N` repeats a run. Needs Python 3.10 or newer; Schemathesis is
 * fetched on first use.
 */
const schemathesis = 'schemathesis==4.32.5'

const { values } = parseArgs({ options: { seconds: { type: 'string', default: '300' }, seed: { type: 'string' } } })
const seconds = Number(values.seconds)
if (!Number.isInteger(seconds) || seconds < 10) {
  console.error('Usage: npm run fuzz -- [--seconds N, at least 10] [--seed N]')
  process.exit(2)
}
const python = ['python3', 'python'].find(
  (name) => spawnSync(name, ['-c', 'import sys; sys.exit(sys.version_info < (3, 10))']).status === 0,
)
if (!python) {
  console.error('Python 3.10 or newer is needed for Schemathesis and was not found; install it and run again')
  process.exit(2)
}
const report = (line: string) => console.log(line)
const library = await cached(
  defaultCacheDir(process.env),
  schemathesis.replace('==', '-'),
  async (folder) => {
    report(`fetching ${schemathesis}`)
    const install = spawn(python, ['-m', 'pip', 'install', '--quiet', '--target', folder, schemathesis], {
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    const [status] = await once(install, 'exit')
    if (status !== 0) throw new Error(`${schemathesis} could not be installed by pip (exit ${status})`)
  },
  { report },
)

/** Every operation is asked as an admin, who may ask all of them, on behalf of an account of its own. */
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
  // The first question to another service waits for its name to be found.
  const mayAsk = async (path: string) =>
    (await fetch(url + path, { headers: { authorization: `Bearer ${token}` } })).status === 200
  for (const path of ['/api/v1/audit', '/api/v1/notifications', '/api/v1/admin/mesh', '/api/v1/admin/dead-letters']) {
    for (let tries = 0; !(await mayAsk(path)); tries++) {
      if (tries === 60) throw new Error(`${path} does not answer after a minute`)
      await delay(1_000)
    }
  }
  return token
}

const mesh = await startMesh({ report })
process.once('SIGINT', () => mesh.stop().then(() => process.exit(130)))
try {
  const token = await signUp(mesh)
  const run = spawn(
    python,
    [
      ...['-c', 'from schemathesis.cli import schemathesis; schemathesis()'],
      ...['--config-file', join(import.meta.dirname, 'schemathesis.toml'), 'run', `${mesh.url}/openapi.json`],
      ...[
        '--header',
        `Authorization: Bearer ${token}`,
        '--max-time',
        String(seconds),
        '--continue-on-failure',
        '--no-color',
      ],
      // What a rule, a time zone or two fields together mean is not said by a JSON Schema: valid by it may still be
      // 422.
      ...['--checks', 'all', '--exclude-checks', 'positive_data_acceptance'],
      // Ends the session or the account with which all the rest is asked, does not end by itself, or speaks JSON-RPC,
      // which has a conformance suite of its own.
      ...['--exclude-path-regex', '/auth/(me|logout|change-password)$|/events$|/stream$|^/mcp$'],
      ...(values.seed ? ['--seed', values.seed] : []),
    ],
    {
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, PYTHONPATH: [library, process.env.PYTHONPATH].filter(Boolean).join(delimiter) },
    },
  )
  const [status] = await once(run, 'exit')
  process.exitCode = status ?? 1
} finally {
  await mesh.stop()
}
