import assert from 'node:assert/strict'
import { Writable } from 'node:stream'
import { test } from 'node:test'
import { createLog } from '@taskflow/service-kit'
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

test('secrets are masked: by the name of their field and wherever their value appears', () => {
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
