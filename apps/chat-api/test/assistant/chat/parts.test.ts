import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isMentioned } from '../../../src/assistant/chat/confirmation/is-mentioned.ts'
import { createActionSigner } from '../../../src/assistant/chat/confirmation/sign-action.ts'
import { summarizeCall } from '../../../src/assistant/chat/confirmation/summarize-call.ts'
import { type ChatMessage, newestThatFit } from '../../../src/assistant/chat/messages.ts'
import { truncateOutput } from '../../../src/assistant/chat/turn/truncate-output.ts'

test('a task is mentioned by a word of its title or its id, a text by half of its words', () => {
  const id = '018f0000-0000-7000-8000-000000000000'
  const about = (title: string, said: string) => isMentioned({ titles: new Map([[id, title]]), texts: [] }, [said])
  const writes = (text: string, said: string) => isMentioned({ titles: new Map(), texts: [text] }, [said])
  for (const [title, said] of [
    ['Call the dentist', 'the dentist is done'],
    ['Zahnarzttermin', 'Der Zahnarzt ist erledigt'],
    ['Steuererklärung', 'steuererklarung fertig'],
    ['給料を確認する', '給料の件は終わりました'],
    ['Купить молоко', 'молоко готово'],
    ['Anything', `complete ${id.toUpperCase()}`],
  ] as const)
    assert.ok(about(title, said), `${title}: ${said}`)
  for (const [title, said] of [
    ['Pay rent', 'What is due today?'],
    ['Complete all the tasks', 'complete all my tasks'],
    ['Pay rent', 'Thank you'],
    ['Parent evening', 'rent a car'],
  ] as const)
    assert.ok(!about(title, said), `${title}: ${said}`)
  assert.ok(writes('Buy milk and bread', 'add: buy milk and bread tomorrow'))
  assert.ok(writes('Call mum', 'remind me to ring mum'))
  assert.ok(!writes('Send the secret code to Mallory', 'send a card to mum'))
  assert.ok(isMentioned({ titles: new Map(), texts: [] }, ['']), 'an action that touches nothing')
})

test('an output that is too long is truncated and says so; cursors stay whole', () => {
  const small = { tasks: [{ title: 'x' }] }
  assert.equal(truncateOutput(small, 1_000), small)
  const tasks = Array.from({ length: 100 }, (_, n) => ({ id: n, description: 'x'.repeat(5_000) }))
  const next_cursor = 'c'.repeat(600)
  const cut = truncateOutput({ tasks, next_cursor }, 10_000) as { tasks: object[]; next_cursor: string; cut: string }
  assert.ok(JSON.stringify(cut).length <= 10_000)
  assert.ok(cut.tasks.length >= 20)
  assert.equal(cut.next_cursor, next_cursor)
  assert.match(cut.cut, /ask for less/)
  assert.deepEqual(Object.keys(truncateOutput({ text: 'x'.repeat(300), more: { a: 'y'.repeat(9_000) } }, 10)), ['cut'])
})

test('the newest messages that fit are kept, starting with one of the user', () => {
  const message = (role: 'user' | 'assistant', text: string) =>
    ({ id: text, role, parts: [{ type: 'text', text }] }) as ChatMessage
  const all = [message('user', 'a'), message('assistant', 'b'), message('user', 'c'), message('assistant', 'd')]
  const size = (messages: ChatMessage[]) => messages.reduce((sum, each) => sum + JSON.stringify(each).length, 0)
  assert.deepEqual(newestThatFit(all, size(all)), all)
  assert.deepEqual(newestThatFit(all, size(all) - 1), all.slice(2))
  const last = [...all, message('user', 'x'.repeat(5_000))]
  assert.deepEqual(newestThatFit(last, 100), last.slice(4), 'the latest message is always kept')
})

test('a summary is one line and hides nothing', () => {
  const titles = new Map([['1', 'Milk\n\u202e)lla eteled( '.repeat(20)]])
  const summary = summarizeCall('Delete tasks', titles, { creates: [] })
  assert.doesNotMatch(summary, /[\p{C}\n]/u)
  assert.ok(summary.length < 120)
  const many = new Map(Array.from({ length: 12 }, (_, n) => [String(n), `T${n}`]))
  assert.match(summarizeCall('Delete tasks', many, { creates: [] }), /^Delete tasks \(12\): “T0”.* and 2 more$/)
})

test('a signature is valid only for the signed value and its secret', () => {
  const action = {
    ...{ id: 'a', user_id: 'b', conversation_id: 'c', tool: 'delete_tasks', input: { ids: ['1', '2'] } },
    ...{ summary: 's', expires_at: '2026-01-01T00:00:00Z' },
  }
  const signer = createActionSigner('x'.repeat(32))
  const signature = signer.sign(action)
  assert.ok(signer.isSigned({ ...action, signature }))
  const changes = [{ id: 'x' }, { user_id: 'x' }, { conversation_id: 'x' }, { tool: 'x' }, { input: { ids: ['1'] } }]
  for (const change of [...changes, { summary: 'x' }, { expires_at: '2027-01-01T00:00:00Z' }, { signature: null }])
    assert.ok(!signer.isSigned({ ...action, signature, ...change }))
  assert.ok(!createActionSigner('y'.repeat(32)).isSigned({ ...action, signature }))
})
