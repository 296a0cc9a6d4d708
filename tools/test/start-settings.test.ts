import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { accessWith } from '@taskflow/kafka-admin'
import { isPortFree, portOwner, shellQuote } from '@taskflow/local-mesh'
import { checkPorts } from '../start/check-ports.ts'
import { writeEnvironment } from '../start/environment.ts'
import { createRepeatFilter, shortLine } from '../start/log-line.ts'
import { readyMessage } from '../start/ready-message.ts'
import { portsOfSettings, readSettings } from '../start/settings.ts'

const listener = async (t: TestContext): Promise<number> => {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.after(() => server.close())
  return (server.address() as { port: number }).port
}

test('a port in use is reported with its owner and the variable that changes it', async (t) => {
  const port = await listener(t)
  assert.equal(await isPortFree(port), false)
  assert.match((await portOwner(port)) ?? '', new RegExp(`\\(pid ${process.pid}\\)`))
  const settings = readSettings({ CHAT_API_PORT: String(port) })
  await assert.rejects(checkPorts(portsOfSettings(settings).slice(0, 1)), (error: Error & { fix: string }) => {
    assert.match(
      error.message,
      new RegExp(`Port ${port} \\(chat-api, CHAT_API_PORT\\) is in use by .*pid ${process.pid}`),
    )
    assert.match(error.fix, /CHAT_API_PORT=\d+ npm start/)
    return true
  })
})

test('all problems of the environment are reported at once', () => {
  assert.throws(() => readSettings({ KAFKA_PORT: 'many', POSTGRES_PORT: '8080' }), {
    message: 'KAFKA_PORT=many is not a port; POSTGRES_PORT and CHAT_API_PORT are both 8080.',
  })
})

test('external parts need no port; local addresses from .taskflow/env are not external', () => {
  const given = { KAFKA_BROKERS: 'kafka:9092', DATABASE_URL: 'postgres://db/x', SMTP_URL: 'smtp://mail' }
  const variables = (env: NodeJS.ProcessEnv) =>
    portsOfSettings(readSettings(env, { parts: true })).map((port) => port.variable)
  assert.deepEqual(variables(given), [])
  assert.deepEqual(variables({ ...given, TASKFLOW_LOCAL: 'KAFKA_BROKERS SMTP_URL' }), [
    'MAIL_HTTP_PORT',
    'MAIL_SMTP_PORT',
    'KAFKA_PORT',
  ])
})

test('addresses must be confirmed where mail leaves the machine, unless the user says otherwise', () => {
  const required = (env: NodeJS.ProcessEnv) => readSettings(env).requireConfirmedEmail
  const delivered = { SMTP_URL: 'smtp://mail' }
  assert.deepEqual([required({}), required(delivered)], [false, true])
  assert.equal(required({ REQUIRE_CONFIRMED_EMAIL: 'true' }), true)
  assert.equal(required({ ...delivered, REQUIRE_CONFIRMED_EMAIL: 'false' }), false)
  // .taskflow/env of a start with the local mailbox, sourced by a shell in which SMTP_URL is set later.
  const sourced = { REQUIRE_CONFIRMED_EMAIL: 'false', TASKFLOW_LOCAL: 'KAFKA_BROKERS REQUIRE_CONFIRMED_EMAIL' }
  assert.equal(required({ ...delivered, ...sourced }), true)
  assert.throws(() => required({ REQUIRE_CONFIRMED_EMAIL: 'maybe' }), /neither true nor false/)
  assert.match(readyMessage(readSettings({}), 1), /need no confirmation \(REQUIRE_CONFIRMED_EMAIL=false\)/)
  assert.match(readyMessage(readSettings(delivered), 1), /must be confirmed \(REQUIRE_CONFIRMED_EMAIL=true\)/)
})

test('a Kafka login is used for external brokers only, and its CA is read', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'taskflow-ca-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const ca = join(folder, 'ca.crt')
  writeFileSync(ca, 'an authority')
  const login = (env: NodeJS.ProcessEnv) => readSettings(env).external.kafkaLogin
  const given = { KAFKA_BROKERS: 'kafka:9093', KAFKA_USERNAME: 'me', KAFKA_PASSWORD: 'secret', KAFKA_CA: ca }
  assert.deepEqual(login(given), { username: 'me', password: 'secret', ca: { file: ca, pem: 'an authority' } })
  assert.equal(login({ ...given, KAFKA_USERNAME: '' }), undefined)
  assert.equal(login({ ...given, TASKFLOW_LOCAL: 'KAFKA_BROKERS' }), undefined)
  assert.throws(() => login({ ...given, KAFKA_CA: `${ca}.gone` }), /KAFKA_CA=.* cannot be read/)
  assert.deepEqual(accessWith(login(given)), {
    tls: { ca: 'an authority' },
    sasl: { mechanism: 'SCRAM-SHA-512', username: 'me', password: 'secret' },
  })
  assert.deepEqual(accessWith(undefined), {})
})

test('the environment file keeps any value when sourced, and is readable by its owner only', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'taskflow env '))
  t.after(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'env')
  const value = `it's "$HOME" \`id\` \\ & ; #`
  await writeEnvironment(file, { TRICKY: value }, { pathFolders: [`${folder}/bin`], runFile: '.' })
  const shell = `set -a; . ${shellQuote(file)}; printf '%s\\n%s' "$TRICKY" "$PATH"`
  const [shown, path] = execFileSync('sh', ['-c', shell], { encoding: 'utf8' }).split('\n')
  assert.equal(shown, value)
  assert.equal(path, `${folder}/bin:${process.env.PATH}`)
  assert.equal(statSync(file).mode & 0o777, 0o600)
})

test('the terminal shows warnings and errors of a log', () => {
  assert.equal(shortLine('== APP - chat-api == {"level":"info","message":"listening"}'), undefined)
  assert.equal(shortLine('== APP - chat-api == {"level":"warn","message":"relay waits"}'), 'warn: relay waits')
  assert.equal(
    shortLine('== APP - chat-api == configuration: APP_API_TOKEN is not set'),
    'configuration: APP_API_TOKEN is not set',
  )
  assert.equal(shortLine('time="t" level=warning msg="No scheduler" app_id=x'), undefined)
  assert.equal(shortLine('time="t" level=error msg="no \\"broker\\"" app_id=x'), 'error: no "broker"')
})

test('the same line is shown at most once a minute', () => {
  const isNew = createRepeatFilter()
  assert.deepEqual(
    [isNew('a', 0), isNew('a', 59_999), isNew('b', 59_999), isNew('a', 60_000)],
    [true, false, true, true],
  )
})

test('npm start names the fix of a problem with Kafka', () => {
  const env = { KAFKA_BROKERS: '127.0.0.1:1', KAFKA_USERNAME: 'a', KAFKA_PASSWORD: 'b', KAFKA_CA: '/none.pem' }
  const { status, stderr } = spawnSync(process.execPath, [join(import.meta.dirname, '../start/main.ts')], {
    encoding: 'utf8',
    env: { PATH: process.env.PATH, ...env },
  })
  assert.equal(status, 1)
  assert.match(stderr, /KAFKA_CA=\/none\.pem cannot be read.*\n {2}To fix it: name a file in PEM/)
})
