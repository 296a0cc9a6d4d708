import assert from 'node:assert/strict'
import { test } from 'node:test'
import { describeAct } from '../src/account-activity/describe-act.ts'
import { describeClient } from '../src/account-activity/describe-client.ts'

const act = (action: string, fields: object = {}) =>
  describeAct({ type: 'account.acted', data: { action, actor: 'person', user_agent: null, details: {}, ...fields } })

test('what happened to an account is written in words, with its details', () => {
  assert.deepEqual(act('signed_in', { user_agent: 'curl/8.5' }), {
    title: 'Signed in',
    details: '',
    isWarning: false,
    userAgent: 'curl/8.5',
  })
  const failed = act('sign_in_failed', { actor: 'anyone', details: { count: 25, networks: 'many' } })
  assert.deepEqual([failed.details, failed.isWarning], ['25 times, from many networks', true])
  assert.equal(
    act('webhook_set', { actor: 'api_token', details: { host: 'a.example' } }).details,
    'a.example, by an API token',
  )
  assert.equal(act('password_changed', { details: { ended_sessions: 1 } }).details, '1 other session ended')
  assert.equal(
    act('app_disconnected', { actor: 'app', details: { app: 'Notes', host: 'notes.example' } }).details,
    'Notes, notes.example, by an app',
  )
  assert.equal(act('address_unsubscribed').title, 'E-mail turned off by the link in a mail')
  assert.equal(act('role_revoked', { actor: 'operator' }).details, 'by an operator')
  const changed = { time_zone: ['UTC', 'Europe/Berlin'], preferences: [{}, {}] }
  assert.equal(describeAct({ type: 'user.updated', data: { changed } }).details, 'Time zone, Notifications')
  assert.equal(describeAct({ type: 'user.created', data: {} }).title, 'Account created')
})

test('an action of a newer release, and one whose details were erased, can be shown', () => {
  assert.equal(act('something_new').title, 'something new')
  assert.equal(
    describeAct({ type: 'account.acted', data: { action: 'signed_in', actor: 'person' } }).title,
    'Signed in',
  )
  assert.equal(describeAct({ type: 'account.acted', data: null }).title, '')
})

const named: [string | null, string][] = [
  ['Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0', 'Firefox on Linux'],
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0',
    'Edge on Windows',
  ],
  [
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Safari/605.1.15',
    'Safari on macOS',
  ],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Mobile/15E148 Safari/604.1',
    'Safari on iOS',
  ],
  [
    'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36',
    'Chrome on Android',
  ],
  ['curl/8.5.0', 'curl'],
  ['node', 'node'],
  ['', 'Unknown device'],
  [null, 'Unknown device'],
]
test('a client is named as people know it', () => {
  for (const [userAgent, name] of named) assert.equal(describeClient(userAgent), name)
})
