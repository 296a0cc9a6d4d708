import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { parseEnv } from 'node:util'
import { makeRuntimeFolder, readSecrets } from '@taskflow/local-mesh'
import { serviceNames } from '@taskflow/service-kit'
import { parse } from 'yaml'
import { startEnvironment, withoutSecrets } from '../start/environment.ts'
import { beginLogs } from '../start/logs.ts'
import { pathsOf } from '../start/paths.ts'
import { writeSecretFiles } from '../start/secret-files.ts'
import { readSettings } from '../start/settings.ts'

const temporary = (t: TestContext): string => {
  const folder = mkdtempSync(join(tmpdir(), 'taskflow-secrets-'))
  t.after(() => rmSync(folder, { recursive: true }))
  return folder
}
const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8)

/** What a user may have set; each value is recognizable. */
const given = {
  ...{ DATABASE_URL: 'postgres://owner:owners-password@db/x', SMTP_URL: 'smtp://me:mail-password@mail' },
  ...{ KAFKA_BROKERS: 'kafka:9093', KAFKA_USERNAME: 'me', KAFKA_PASSWORD: 'kafka-password' },
  ...{ OPENAI_API_KEY: 'model-key', TOKEN_SECRET: 'token-secret-of-the-user' },
  OPENID_PROVIDERS: '[{"client_secret":"openid-password"}]',
}
const started = async (t: TestContext) => {
  const kept = await readSecrets(join(temporary(t), 'secrets.json'))
  const addresses = { databaseUrl: given.DATABASE_URL, brokers: given.KAFKA_BROKERS, smtpUrl: given.SMTP_URL }
  const options = { runtimePath: '/runtime', checkpoints: '/checkpoints', env: given }
  return startEnvironment(readSettings(given), kept, addresses, options)
}

test('every secret reaches only the service that needs it', async (t) => {
  const { secrets } = await started(t)
  const tokens = ['APP_API_TOKEN', 'DAPR_API_TOKEN']
  const kafka = ['KAFKA_PASSWORD', 'KAFKA_USERNAME']
  const names = (environment: object) => Object.keys(environment).sort()
  const all = Object.fromEntries(
    serviceNames.map((name) => {
      const { service, sidecar } = secrets[name]
      return [name, [names(service), names(sidecar)]]
    }),
  )
  assert.deepEqual(all, {
    'chat-api': [
      [
        ...tokens,
        'ACCOUNT_KEY',
        'CHAT_API_DATABASE_URL',
        ...kafka,
        'LINK_SECRET',
        'OAUTH_SECRET',
        'OPENAI_API_KEY',
        'OPENID_PROVIDERS',
        'TOKEN_SECRET',
      ].sort(),
      [...tokens, ...kafka, 'STATESTORE_DATABASE_URL'],
    ],
    'recurring-processor': [
      [...tokens, 'RECURRING_PROCESSOR_DATABASE_URL'],
      [...tokens, ...kafka],
    ],
    'reminder-service': [
      [...tokens, 'REMINDER_SERVICE_DATABASE_URL'],
      [...tokens, ...kafka],
    ],
    'notification-service': [
      [...tokens, 'LINK_SECRET', 'NOTIFICATION_SERVICE_DATABASE_URL', 'SMTP_URL'],
      [...tokens, ...kafka],
    ],
    'audit-logger': [
      ['APP_API_TOKEN', 'AUDIT_KEY', 'AUDIT_LOGGER_DATABASE_URL', 'AUDIT_SIGNING_KEY', 'DAPR_API_TOKEN'],
      [...tokens, ...kafka],
    ],
  })
  const ofAll = serviceNames.map((name) => secrets[name].service)
  for (const name of tokens) assert.equal(new Set(ofAll.map((each) => each[name])).size, serviceNames.length, name)
  for (const name of serviceNames) {
    for (const token of tokens) assert.equal(secrets[name].service[token], secrets[name].sidecar[token])
  }
  assert.equal(secrets['chat-api'].service.TOKEN_SECRET, given.TOKEN_SECRET, 'what the user has set takes precedence')
})

test('what all services and sidecars inherit has no secret in it', async (t) => {
  const { shared, secrets } = await started(t)
  const everything = JSON.stringify({ ...withoutSecrets({ ...given, LOG_LEVEL: 'debug' }), ...shared })
  assert.match(everything, /"LOG_LEVEL":"debug"/)
  for (const { service, sidecar } of Object.values(secrets)) {
    for (const [name, value] of Object.entries({ ...service, ...sidecar })) {
      if (name !== 'KAFKA_USERNAME') assert.ok(!everything.includes(value), name)
    }
  }
  assert.doesNotMatch(everything, /-password/)
})

test('each service and each sidecar is pointed to its own file of secrets, which only the user can read', async (t) => {
  const paths = pathsOf(temporary(t))
  const { secrets } = await started(t)
  secrets['chat-api'].service.TOKEN_SECRET = `it's not simple`
  secrets['chat-api'].service.LINK_SECRET = '$HOME `id` "quoted" \\n #'
  const file = paths.secretsOf('chat-api')
  mkdirSync(join(paths.state, 'secrets'), { recursive: true, mode: 0o755 })
  writeFileSync(file, 'OLD=1', { mode: 0o644 })
  chmodSync(file, 0o644)
  await writeSecretFiles(paths, secrets)
  const folder = join(paths.state, 'secrets')
  assert.equal(modeOf(folder), '700')
  for (const name of readdirSync(folder)) assert.equal(modeOf(join(folder, name)), '600', name)
  assert.deepEqual({ ...parseEnv(readFileSync(file, 'utf8')) }, secrets['chat-api'].service)
  const shown = execFileSync('sh', ['-c', `. "$1"; printf '%s|%s' "$TOKEN_SECRET" "$LINK_SECRET"`, 'sh', file])
  assert.equal(String(shown), `it's not simple|$HOME \`id\` "quoted" \\n #`, 'a shell reads the same')

  secrets['chat-api'].service.TOKEN_SECRET = `it's $HOME`
  await assert.rejects(writeSecretFiles(paths, secrets), /TOKEN_SECRET holds a single quote/)

  const { apps, common } = parse(readFileSync(join(import.meta.dirname, '../../dapr.yaml'), 'utf8'))
  assert.equal(common.env.DATABASE_URL, '')
  for (const { appID, command } of apps) {
    assert.ok(command.includes(`--env-file-if-exists=../../.taskflow/secrets/${appID}.env`), appID)
  }
})

test('a sidecar starts with its own secrets, and listens on this machine only', async (t) => {
  const folder = join(temporary(t), "a folder's name")
  mkdirSync(folder)
  const daprd = join(folder, 'daprd')
  writeFileSync(daprd, '#!/bin/sh\nprintf "%s\\n" "$@" "own=$OWN" "owner=$DATABASE_URL"\n', { mode: 0o755 })
  for (const name of ['chat-api', 'audit-logger']) {
    writeFileSync(join(folder, `${name}.env`), `OWN='of ${name}'\n`)
  }
  await makeRuntimeFolder(join(folder, 'runtime'), { daprd }, (appId) => join(folder, `${appId}.env`))
  const run = (...args: string[]) =>
    execFileSync(join(folder, 'runtime/.dapr/bin/daprd'), args, {
      ...{ encoding: 'utf8', env: { PATH: process.env.PATH, DATABASE_URL: 'postgres://owner' } },
    }).split('\n')
  const flags = ['--dapr-internal-grpc-listen-address', '127.0.0.1', '--metrics-listen-address', '127.0.0.1']
  assert.deepEqual(run('--app-id', 'audit-logger', '--scheduler-host-address', ' '), [
    ...['--app-id', 'audit-logger', '--scheduler-host-address', ' ', ...flags, 'own=of audit-logger', 'owner=', ''],
  ])
  assert.deepEqual(run('--version').slice(-3), ['own=', 'owner=', ''])
})

test('logs and generated secrets are for this user only, also when they existed with another mode', async (t) => {
  const paths = pathsOf(temporary(t))
  mkdirSync(paths.logs, { recursive: true, mode: 0o755 })
  writeFileSync(join(paths.logs, 'chat-api.log'), 'old')
  writeFileSync(paths.secrets, '{"appApiToken":"of an earlier version","tokenSecret":"kept"}', { mode: 0o644 })
  const ofService = paths.serviceLogs('chat-api')
  mkdirSync(ofService, { recursive: true, mode: 0o755 })
  await beginLogs(paths)
  for (const folder of [paths.logs, ofService]) assert.equal(modeOf(folder), '700', folder)
  const { tokenSecret, appApiTokens } = await readSecrets(paths.secrets)
  assert.equal(tokenSecret, 'kept')
  assert.deepEqual(Object.keys(appApiTokens), serviceNames)
  assert.equal(modeOf(paths.secrets), '600')
  assert.deepEqual((await readSecrets(paths.secrets)).appApiTokens, appApiTokens, 'they stay')
  assert.doesNotMatch(readFileSync(paths.secrets, 'utf8'), /earlier version/)
})
