import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { fakeClock } from '@taskflow/test-kit'
import { createImportAdmission } from '../../src/transfer/import-admission.ts'
import { filesOf } from '../../testing/files.ts'
import { startChatApi } from '../../testing/start-chat-api.ts'

const replicas = async (t: Parameters<typeof startChatApi>[0]) => {
  const clock = fakeClock('2026-11-21T10:00:00Z')
  const { service } = await startChatApi(t, { clock })
  return { clock, first: createImportAdmission(service.deps), second: createImportAdmission(service.deps) }
}
const someone = () => ({ user_id: randomUUID() })
const refusal = { status: 429, headers: { 'retry-after': '5' } }
const isRefused = (limit: string) => (error: Error & typeof refusal) =>
  error.status === 429 && error.headers['retry-after'] === '5' && error.message.includes(`"${limit}"`)

test('a person imports one file at a time, whichever replica gets the next', async (t) => {
  const { first, second } = await replicas(t)
  const [ada, eve] = [someone(), someone()]
  const leave = await first(ada)
  for (const replica of [first, second]) await assert.rejects(replica(ada), isRefused('imports at once of an account'))
  await (await second(eve))()
  await leave()
  await (await second(ada))()
})

test('an import whose replica died holds its owner up for five minutes', async (t) => {
  const { clock, first, second } = await replicas(t)
  const ada = someone()
  await first(ada)
  clock.advance({ minutes: 4 })
  await assert.rejects(second(ada))
  clock.advance({ minutes: 1 })
  await (await second(ada))()
})

test('a replica holds four files at once; who is refused can try again at once', async (t) => {
  const { first } = await replicas(t)
  const held = await Promise.all([1, 2, 3, 4].map(() => first(someone())))
  const ada = someone()
  await assert.rejects(first(ada), isRefused('imports at once'))
  await held[0]!()
  await (await first(ada))()
})

test('while a heavy file is imported, others are answered', async (t) => {
  const { as, service, signup, ...api } = await startChatApi(t)
  const [ada, eve] = [await signup(), await signup()]
  const event = (index: number) =>
    `BEGIN:VEVENT\nUID:${index}\nSUMMARY:x\nDTSTART:10000101T000000\nRRULE:FREQ=SECONDLY;INTERVAL=59;BYHOUR=1;BYMINUTE=59;BYSECOND=59;COUNT=10000\nEND:VEVENT\n`
  const file = `BEGIN:VCALENDAR\n${Array.from({ length: 5_000 }, (_, index) => event(index)).join('')}END:VCALENDAR\n`
  let isDone = false
  const imported = filesOf({ as, service, signup, ...api }, ada.token)
    .import('text/calendar', file)
    .finally(() => {
      isDone = true
    })
  let answered = 0
  while (!isDone) {
    assert.equal((await eve.get('/api/v1/tasks')).status, 200)
    if (!isDone) answered++
  }
  const { status, body } = await imported
  assert.deepEqual([status, body.created, body.refused], [200, 0, 5_000])
  assert.ok(answered > 5, `${answered} answers in the meantime`)
})
