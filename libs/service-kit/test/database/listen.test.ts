import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { createListener, createLog, createNotify } from '@taskflow/service-kit'
import { testDatabase } from '@taskflow/test-kit'
import type pg from 'pg'

const log = createLog({ service: 'test', level: 'error' })
log.silent = true
const channel = 'test news'

/** A started listener; `notified` resolves at its next call. */
const startListener = (t: TestContext, databaseUrl: string) => {
  let next = Promise.withResolvers<void>()
  const onNotify = () => {
    next.resolve()
    next = Promise.withResolvers()
  }
  const listener = createListener({ channel, databaseUrl, onNotify, log })
  t.after(() => listener.stop())
  const notified = () => next.promise
  const connected = notified()
  listener.start()
  return { listener, notified, connected }
}

test('a listener calls back on every notification, and after every connect for those it missed', async (t) => {
  const { pool, url } = await testDatabase(t)
  const { notified, connected } = startListener(t, url)
  await connected
  const first = notified()
  await createNotify({ pool, log })(channel)
  await first

  const again = notified()
  const { rowCount } = await pool.query(
    'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1',
    [`listen ${channel}`],
  )
  assert.equal(rowCount, 1)
  await again
  const second = notified()
  await createNotify({ pool, log })(channel)
  await second
})

test('a stopped listener leaves no connection; one without a database stops too', async (t) => {
  const { pool, url } = await testDatabase(t)
  const { listener, connected } = startListener(t, url)
  await connected
  await listener.stop()
  const connections = async () =>
    (await pool.query('SELECT FROM pg_stat_activity WHERE application_name = $1', [`listen ${channel}`])).rowCount
  // The server closes its side a moment after the client.
  while (((await connections()) ?? 0) > 0);
  const disconnected = startListener(t, 'postgresql://nobody@127.0.0.1:1/nothing')
  await disconnected.listener.stop()
})

test('notifications requested while one is in flight become one more; a failing one throws nothing', async () => {
  const sent: PromiseWithResolvers<void>[] = []
  const query = () => {
    const answer = Promise.withResolvers<void>()
    sent.push(answer)
    return answer.promise
  }
  const notify = createNotify({ pool: { query } as unknown as pg.Pool, log })
  const calls = [notify(channel), notify(channel), notify(channel), notify('another')]
  assert.equal(sent.length, 2, 'one a channel')
  sent[0]!.reject(new Error('connection ended'))
  sent[1]!.resolve()
  await Promise.all(calls.slice(1))
  assert.equal(sent.length, 3, 'one for all the news since')
  sent[2]!.resolve()
  await calls[0]
  void notify(channel)
  assert.equal(sent.length, 4)
})
