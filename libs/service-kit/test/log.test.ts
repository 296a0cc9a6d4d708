import assert from 'node:assert/strict'
import { Writable } from 'node:stream'
import { test } from 'node:test'
import { createLog } from '@taskflow/service-kit'
import { DrizzleQueryError } from 'drizzle-orm'
import winston from 'winston'

const logged = (write: (log: ReturnType<typeof createLog>) => void, secrets: string[] = []): string => {
  let text = ''
  const log = createLog({ service: 'chat-api', level: 'info', secrets, terminal: false })
  const stream = new Writable({
    write: (chunk, _encoding, done) => {
      text += chunk
      done()
    },
  })
  log.clear().add(new winston.transports.Stream({ stream }))
  write(log)
  return text
}

test('a line is JSON with service, level, time and the given fields', () => {
  const line = JSON.parse(logged((log) => log.info('taken', { event_id: 'e1' })))
  assert.deepEqual([line.service, line.level, line.message, line.event_id], ['chat-api', 'info', 'taken', 'e1'])
  assert.ok(line.timestamp)
})

test('tokens are masked wherever they appear', () => {
  const jwt = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhZGEifQ.c2lnbmF0dXJl'
  const random = 'K7gNU3sdo-OL0wNhqoVWhr3g6s1xYv72ol_pe_Unols'
  const text = logged((log) =>
    log.warn(`asked with tf_${random}`, { path: `/links/${jwt}`, list: [`tfr_${random}`, `tfm_${random}`] }),
  )
  assert.doesNotMatch(text, /eyJ|K7gNU/)
  assert.match(text, /asked with \*\*\*.*\/links\/\*\*\*/)
})

test('a failed query is logged with its reason but without its parameters', () => {
  const cause = Object.assign(new Error('relation does not exist'), { code: '42P01' })
  const text = logged((log) =>
    log.warn('failed', { error: new DrizzleQueryError('SELECT $1', ['ada@example.com\nsecond line'], cause) }),
  )
  for (const part of ['SELECT $1', 'relation does not exist', '42P01']) assert.ok(text.includes(part), part)
  assert.doesNotMatch(text, /ada@|second line/)
})

test('secrets are masked by field name and wherever their value appears', () => {
  const text = logged(
    (log) => {
      log.warn('connecting to postgres://x:canary-value@host', {
        password: 'p1',
        nested: { Authorization: 'Bearer t1', list: ['canary-value'] },
        error: new Error('refused for canary-value'),
      })
    },
    ['canary-value'],
  )
  assert.doesNotMatch(text, /canary-value|p1|t1/)
  assert.match(text, /refused for \*\*\*/)
})
