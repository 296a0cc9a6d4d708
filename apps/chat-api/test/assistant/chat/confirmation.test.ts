import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { fakeClock } from '@taskflow/test-kit'
import pg from 'pg'
import { calls, says, toolAnswers } from '../../../testing/scripted-model.ts'
import { actionsIn, outputsIn, startChat } from '../../../testing/start-chat.ts'

/** Ada has tasks and asks the assistant to delete them. */
const startDeletion = async (t: TestContext, options: Parameters<typeof startChat>[1] = {}) => {
  const chat = await startChat(t, options)
  const ada = await chat.signup()
  const titles = ['Milk', 'Bread']
  const ids: string[] = []
  for (const title of titles) ids.push((await ada.post('/api/v1/tasks', { title })).body.id)
  chat.model.script([calls([{ name: 'delete_tasks', input: { ids } }]), says('Please confirm.')])
  const reply = await chat.say(ada, 'delete milk and bread')
  const [action] = actionsIn(reply.message)
  const left = async () => (await ada.get('/api/v1/tasks')).body.data.length
  return { ...chat, ada, ids, reply, action: action!, left, path: `/api/v1/chat/actions/${action!.id}` }
}

test('a deletion waits for confirmation, runs once, and can be undone', async (t) => {
  const { ada, action, reply, left, path, model, service } = await startDeletion(t)
  assert.equal(await left(), 2)
  assert.deepEqual([action.state, action.can_undo], ['pending', false])
  assert.equal(action.summary, 'Delete tasks (2): “Milk”, “Bread”')
  const [output] = outputsIn(reply.message)
  assert.deepEqual(output?.output, {
    status: 'waiting_for_confirmation',
    action_id: action.id,
    expires_at: action.expires_at,
    summary: action.summary,
  })
  assert.deepEqual((await ada.get('/api/v1/chat/actions?state=pending')).body.data, [action])

  // Repeated and concurrent confirmations.
  const answers = await Promise.all([1, 2, 3].map(() => ada.post(`${path}/confirm`)))
  assert.deepEqual(
    answers.map(({ status, body }) => [status, body.state, body.output.done]),
    [1, 2, 3].map(() => [200, 'done', 2]),
  )
  assert.equal(await left(), 0)
  assert.equal((await service.outbox('tasks')).filter(({ event }) => event.type === 'task.deleted').length, 2)
  assert.equal((await ada.post(`${path}/cancel`)).status, 409)

  // The model sees the outcome.
  model.script([says('They are gone.')])
  await ada.post('/api/v1/chat/actions/x/confirm')
  const again = await startAgain(ada, reply.conversation_id, service.url)
  assert.equal(again, 200)
  const outcome = JSON.parse(toolAnswers(model.requests.at(-1)!)[0]!)
  assert.deepEqual([outcome.status, outcome.output.done], ['confirmed', 2])

  const undone = await ada.post(`${path}/undo`)
  assert.deepEqual([undone.status, undone.body.undone.calls[0].tool], [200, 'restore_tasks'])
  assert.equal(await left(), 2)
})

const startAgain = async ({ token }: { token: string }, conversation_id: string, url: string): Promise<number> => {
  const answer = await fetch(`${url}/api/v1/chat`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ conversation_id, message: 'and now?' }),
  })
  await answer.text()
  return answer.status
}

test('a cancelled or expired action is not run', async (t) => {
  const clock = fakeClock('2026-01-01T08:00:00Z')
  const first = await startDeletion(t, { overrides: { clock } })
  assert.equal(first.action.expires_at, '2026-01-01T08:10:00Z')
  const cancelled = await first.ada.post(`${first.path}/cancel`)
  assert.deepEqual([cancelled.status, cancelled.body.state], [200, 'cancelled'])
  assert.equal((await first.ada.post(`${first.path}/cancel`)).status, 200)
  assert.equal((await first.ada.post(`${first.path}/confirm`)).status, 409)
  assert.equal((await first.ada.post(`${first.path}/undo`)).status, 409)

  first.model.script([calls([{ name: 'delete_tasks', input: { ids: first.ids } }]), says('Please confirm.')])
  const [late] = actionsIn((await first.say(first.ada, 'delete milk and bread')).message)
  clock.set('2026-01-01T08:10:00Z')
  const expired = await first.ada.post(`/api/v1/chat/actions/${late!.id}/confirm`)
  assert.deepEqual([expired.status, /too long/.test(expired.body.detail)], [409, true])
  const states = (await first.ada.get('/api/v1/chat/actions')).body.data.map(({ state }: { state: string }) => state)
  assert.deepEqual(states, ['expired', 'cancelled'])
  assert.equal((await first.ada.get('/api/v1/chat/actions?state=expired')).body.data.length, 1)
  assert.equal(await first.left(), 2)
})

test('only its owner, with the right to change tasks, confirms an action', async (t) => {
  const { ada, as, signup, left, path } = await startDeletion(t)
  const eve = await signup()
  for (const verb of ['confirm', 'cancel', 'undo']) {
    assert.equal((await eve.post(`${path}/${verb}`)).status, 404)
    assert.equal((await as().post(`${path}/${verb}`)).status, 401)
  }
  const { body } = await ada.post('/api/v1/auth/tokens', { name: 'reader', scopes: ['tasks:read'] })
  assert.equal((await as(body.token).post(`${path}/confirm`)).status, 403)
  assert.equal(await left(), 2)
})

test('an action tampered with in the table is not run', async (t) => {
  const { ada, left, path, service, action } = await startDeletion(t)
  const { body: other } = await ada.post('/api/v1/tasks', { title: 'Never asked for' })
  const { pool } = service.database
  const before = (await pool.query('SELECT input FROM identity.chat_actions')).rows[0].input
  const tamper = (column: string, value: unknown) =>
    pool.query(`UPDATE identity.chat_actions SET ${column} = $1 WHERE id = $2`, [value, action.id])
  await tamper('input', JSON.stringify({ ids: [other.id] }))
  assert.equal((await ada.post(`${path}/confirm`)).status, 409)
  await tamper('input', JSON.stringify(before))
  await tamper('expires_at', '2099-01-01T00:00:00Z')
  assert.equal((await ada.post(`${path}/confirm`)).status, 409)
  await tamper('expires_at', action.expires_at)
  await tamper('tool', 'complete_tasks')
  assert.equal((await ada.post(`${path}/confirm`)).status, 409)
  assert.equal(await left(), 3)
  await tamper('tool', 'delete_tasks')
  assert.equal((await ada.post(`${path}/confirm`)).status, 200, 'the original action can be confirmed')
})

test('a failed confirmation leaves the action pending', async (t) => {
  const { signup, say, model, service } = await startChat(t)
  const ada = await signup()
  const { body: series } = await ada.post('/api/v1/recurring-tasks', {
    ...{ title: 'Stand-up', pattern: 'daily', start_date: '2031-01-01T09:00:00' },
  })
  const { body: task } = await ada.post('/api/v1/tasks', { title: 'A' })
  model.script([
    calls([{ name: 'find_tasks', input: {} }]),
    calls([{ name: 'pause_series', input: { series_id: series.id } }]),
    says('Please confirm.'),
  ])
  const [action] = actionsIn((await say(ada, 'hm')).message)
  assert.equal(action?.state, 'pending')
  await service.database.pool.query('UPDATE tasks.series SET deleted_at = now() WHERE id = $1', [series.id])
  assert.equal((await ada.post(`/api/v1/chat/actions/${action!.id}/confirm`)).status, 404)
  await service.database.pool.query('UPDATE tasks.series SET deleted_at = NULL WHERE id = $1', [series.id])
  const { status, body } = await ada.post(`/api/v1/chat/actions/${action!.id}/confirm`)
  assert.deepEqual([status, body.output.series.is_active], [200, false])
  assert.ok(task.id)
})

test('many small changes need confirmation as one large one does', async (t) => {
  const { signup, say, model } = await startChat(t)
  const ada = await signup()
  const ids: string[] = []
  for (const title of ['Milk', 'Bread', 'Eggs']) ids.push((await ada.post('/api/v1/tasks', { title })).body.id)
  const single = ids.map((id) => ({ name: 'complete_tasks', input: { ids: [id] } }))
  const adding = Array.from({ length: 7 }, (_, index) => ({
    name: 'add_tasks',
    input: { tasks: [{ title: `Number ${index}` }] },
  }))
  model.script([calls(single), calls(adding), says('Some of it waits.')])
  const reply = await say(ada, 'milk, bread and eggs are done, and add number 0 to number 6')
  const states = actionsIn(reply.message).map(({ tool, state }) => `${tool} ${state}`)
  assert.deepEqual(states, [
    ...['complete_tasks done', 'complete_tasks pending', 'complete_tasks pending'],
    ...Array.from({ length: 5 }, () => 'add_tasks done'),
    ...['add_tasks pending', 'add_tasks pending'],
  ])
})

test('a repeated call in one turn runs once, or waits once', async (t) => {
  const { signup, say, model } = await startChat(t)
  const ada = await signup()
  const { body: task } = await ada.post('/api/v1/tasks', { title: 'Milk' })
  const add = { name: 'add_tasks', input: { tasks: [{ title: 'Once' }] } }
  const remove = { name: 'delete_tasks', input: { ids: [task.id] } }
  model.script([calls([add, remove, add]), calls([add, remove]), says('Done.')])
  const reply = await say(ada, 'add once, delete milk')
  assert.deepEqual(
    actionsIn(reply.message).map(({ tool }) => tool),
    ['add_tasks', 'delete_tasks'],
  )
  assert.equal((await ada.get('/api/v1/tasks')).body.data.length, 2)
  assert.equal(outputsIn(reply.message).length, 5, 'each call has an output')
})

test('an action that cannot be recorded does not run, confirmed or not', async (t) => {
  const { ada, left, path, service, model, say } = await startDeletion(t)
  const { pool } = service.database
  await pool.query('REVOKE INSERT, UPDATE ON identity.chat_actions FROM taskflow_chat_api')
  model.script([calls([{ name: 'add_tasks', input: { tasks: [{ title: 'Unknown' }] } }]), says('Hm.')])
  const reply = await say(ada, 'add unknown')
  assert.equal(outputsIn(reply.message)[0]?.error, 'something went wrong on our side; nothing of this was done')
  assert.equal((await ada.post(`${path}/confirm`)).status, 500)
  assert.equal(await left(), 2)
  await pool.query('GRANT INSERT, UPDATE ON identity.chat_actions TO taskflow_chat_api')
  assert.equal((await ada.post(`${path}/confirm`)).status, 200)
  assert.equal(await left(), 0)
})

test('a confirmation that hits a deadlock is retried and takes effect once', async (t) => {
  const { ada, ids, path, left, service } = await startDeletion(t)
  const events = (await service.outbox('tasks')).length
  const other = new pg.Client({ connectionString: service.database.url })
  await other.connect()
  t.after(() => other.end())
  // Postgres aborts the transaction that reaches its deadlock_timeout first: that of the confirmation.
  await other.query(`SET deadlock_timeout = '60s'`)
  await other.query('BEGIN')
  await other.query('SELECT 1 FROM identity.chat_actions FOR UPDATE')
  const confirmed = ada.post(`${path}/confirm`)
  const { pool } = service.database
  const waiting = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`
  while ((await pool.query(waiting)).rowCount === 0);
  await other.query('SELECT 1 FROM tasks.tasks WHERE id = $1 FOR UPDATE', [ids[0]])
  await other.query('COMMIT')
  const { status, body } = await confirmed
  assert.deepEqual([status, body.state, body.output.done], [200, 'done', 2])
  assert.equal(await left(), 0)
  assert.equal((await service.outbox('tasks')).length, events + 2)
})
