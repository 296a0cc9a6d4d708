import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { createListener, createLog, createNotify } from '@taskflow/service-kit'
import { testDatabase } from '@taskflow/test-kit'
import type pg from 'pg'

const log = createLog({ service: 'test', level: 'error' })
log.silent = true
const channel = 'test news'

/** A listener that is started; `heard` resolves at its next call. */
const startListener = (t: TestContext, databaseUrl: string) => {
  let next = Promise.withResolvers<void>()
  const onNotify = () => {
    next.resolve()
    next = Promise.withResolvers()
  }
  const listener = createListener({ channel, databaseUrl, onNotify, log })
  t.after(() => listener.stop())
  const heard = () => next.promise
  const begun = heard()
  listener.start()
  return { listener, heard, begun }
}

test('a notification is heard, and looking is due whenever listening begins: what was told before was not heard', async (t) => {
  const { pool, url } = await testDatabase(t)
  const { heard, begun } = startListener(t, url)
  await begun
  const first = heard()
  await createNotify({ pool, log })(channel)
  await first

  const again = heard()
  const { rowCount } = await pool.query(
    'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1',
    [`listen ${channel}`],
  )
  assert.equal(rowCount, 1)
  await again
  const second = heard()
  await createNotify({ pool, log })(channel)
  await second
})

test('a listener that is stopped leaves no connection, and one without a database stops too', async (t) => {
  const { pool, url } = await testDatabase(t)
  const { listener, begun } = startListener(t, url)
  await begun
  await listener.stop()
  const connections = async () =>
    (await pool.query('SELECT FROM pg_stat_activity WHERE application_name = $1', [`listen ${channel}`])).rowCount
  // The server ends its side a moment after the client's.
  while (((await connections()) ?? 0) > 0);
  const away = startListener(t, 'postgresql://nobody@127.0.0.1:1/nothing')
  await away.listener.stop()
})

test('news that comes while a notification is under way makes one more, and one that fails throws nothing', async () => {
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
