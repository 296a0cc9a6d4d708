import assert from 'node:assert/strict'
import { Writable } from 'node:stream'
import { test } from 'node:test'
import { configReader, createBaseDeps } from '@taskflow/service-kit'
import winston from 'winston'
import { z } from 'zod'

const secrets = {
  APP_API_TOKEN: 'canary-app-api-token',
  DAPR_API_TOKEN: 'canary-dapr-api-token',
  AUDIT_KEY: 'canary-audit-key',
  LINK_SECRET: 'canary-link-secret',
}

test('every secret of the configuration is masked in logs, URL-encoded or decoded', async (t) => {
  const text = z.string()
  const config = configReader('audit-logger', { AUDIT_KEY: text, LINK_SECRET: text, SMTP_URL: text, MAIL_FROM: text })({
    ...secrets,
    AUDIT_LOGGER_DATABASE_URL: 'postgres://taskflow:canary%40database@127.0.0.1:1/x',
    SMTP_URL: 'smtp://taskflow:canary%2Fmail@127.0.0.1:1',
    MAIL_FROM: 'reminders@taskflow.example',
  })
  const { log, pool, sidecar } = createBaseDeps(config)
  t.after(() => Promise.all([pool.end(), sidecar.close()]))
  let written = ''
  const stream = new Writable({
    write: (chunk, _encoding, done) => {
      written += chunk
      done()
    },
  })
  log.clear().add(new winston.transports.Stream({ stream }))
  for (const secret of [
    ...Object.values(secrets),
    'canary%40database',
    'canary@database',
    'canary%2Fmail',
    'canary/mail',
  ])
    log.info(`told ${secret}`, { error: new Error(`refused ${secret}`), list: [secret], deep: { key: secret } })
  log.info('sent', { key: 'a partition key', from: config.MAIL_FROM })
  assert.equal(written.split('told ***').length, 9)
  assert.doesNotMatch(written, /canary/)
  assert.match(written, /"key":"a partition key","level".*|"from":"reminders@taskflow.example"/)
})
