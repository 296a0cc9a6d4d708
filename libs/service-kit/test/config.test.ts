import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { test } from 'node:test'
import { ConfigError, configReader, exitConfig, run } from '@taskflow/service-kit'
import { z } from 'zod'

const readConfig = configReader('chat-api', { TOKEN_SECRET: z.string().min(32) })
const complete = {
  CHAT_API_DATABASE_URL: 'postgres://someone:secret@127.0.0.1/taskflow',
  APP_API_TOKEN: 'a-token-of-16-characters',
  DAPR_API_TOKEN: 'a-token-of-16-characters',
  TOKEN_SECRET: 'a-secret-of-at-least-32-characters',
}

test('a complete environment is read into one frozen object with defaults', () => {
  const config = readConfig(complete)
  assert.equal(config.port, 8080)
  assert.equal(config.sidecarUrl, 'http://127.0.0.1:3500')
  assert.equal(config.TOKEN_SECRET, complete.TOKEN_SECRET)
  assert.throws(() => Object.assign(config, { port: 1 }), TypeError)
})

test('the sidecar port is DAPR_HTTP_PORT, unless the service has its own setting', () => {
  assert.equal(readConfig({ ...complete, DAPR_HTTP_PORT: '3600' }).sidecarUrl, 'http://127.0.0.1:3600')
  assert.equal(
    readConfig({ ...complete, DAPR_HTTP_PORT: '3600', CHAT_API_DAPR_HTTP_PORT: '3700' }).sidecarUrl,
    'http://127.0.0.1:3700',
  )
})

test('traces are exported when a collector is configured, all of them by default', () => {
  assert.deepEqual([readConfig(complete).otlpEndpoint, readConfig(complete).traceRatio], [undefined, 1])
  const endpoint = 'http://collector:4318'
  const read = (ratio: string) =>
    readConfig({ ...complete, OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_TRACES_SAMPLER_ARG: ratio })
  assert.deepEqual([read('0.25').otlpEndpoint, read('0.25').traceRatio], [endpoint, 0.25])
  for (const wrong of ['1.1', '-1', 'all']) assert.throws(() => read(wrong), /OTEL_TRACES_SAMPLER_ARG/)
  for (const wrong of ['collector:4318', 'grpc://collector:4317']) {
    assert.throws(() => readConfig({ ...complete, OTEL_EXPORTER_OTLP_ENDPOINT: wrong }), /OTEL_EXPORTER_OTLP_ENDPOINT/)
  }
})

test('all problems are reported at once, without the values', () => {
  const read = () =>
    readConfig({
      CHAT_API_PORT: 'eighty',
      APP_API_TOKEN: '',
      CHAT_API_DATABASE_URL: 'mysql://x:hunter2@y',
      TOKEN_SECRET: 'short',
    })
  assert.throws(read, (error: ConfigError) => {
    const text = error.problems.join('\n')
    for (const name of [
      'CHAT_API_PORT',
      'APP_API_TOKEN is not set',
      'DAPR_API_TOKEN is not set',
      'CHAT_API_DATABASE_URL',
      'TOKEN_SECRET',
    ]) {
      assert.match(text, new RegExp(name))
    }
    assert.doesNotMatch(text, /hunter2|short\b/)
    return error instanceof ConfigError
  })
})

test('a service with an invalid configuration exits with 78', async (t) => {
  const printed = t.mock.method(console, 'error', () => {})
  assert.equal(await run(() => readConfig({}) as never), exitConfig)
  assert.ok(printed.mock.callCount() >= 4)
})

test('an uncaught error exits with 1 and is logged without secrets', () => {
  const program = join(import.meta.dirname, 'failing-service.ts')
  const { status, stdout, stderr } = spawnSync(process.execPath, [program], { encoding: 'utf8' })
  assert.equal(status, 1)
  const { message, error, at } = JSON.parse(stdout)
  assert.match(message, /was not caught/)
  assert.deepEqual([error.message, error.cause.message], ['Failed query: SELECT $1', 'refused for ***'])
  assert.match(at[0], /failing-service\.ts/)
  assert.doesNotMatch(stdout + stderr, /canary/)
})
