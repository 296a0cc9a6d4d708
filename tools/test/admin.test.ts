import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { test } from 'node:test'
import { testDatabase } from '@taskflow/test-kit'

const root = join(import.meta.dirname, '../..')

const admin = (DATABASE_URL: string, ...args: string[]) =>
  new Promise<{ code: number; output: string; errors: string }>((resolve) => {
    const env = { PATH: '', HOME: '/nowhere', DATABASE_URL }
    const command = [join(root, 'tools/admin.ts'), ...args]
    const child = execFile(process.execPath, command, { cwd: root, env, timeout: 60_000 }, (_, output, errors) =>
      resolve({ code: child.exitCode ?? -1, output, errors }),
    )
  })

test('npm run admin gives the role, takes it back and lists who has it', async (t) => {
  const { url, pool } = await testDatabase(t)
  await pool.query(
    `INSERT INTO identity.users (id, email, name, password_hash, time_zone, locale, created_at)
     VALUES (gen_random_uuid(), 'Ada@example.com', 'Ada', 'x', 'UTC', 'en', now())`,
  )
  const unconfirmed = await admin(url, 'ada@example.com')
  assert.deepEqual([unconfirmed.code, unconfirmed.output], [1, ''])
  assert.match(
    unconfirmed.errors,
    /^ada@example\.com is not confirmed: follow the link that was mailed to it first\.\n$/,
  )
  await pool.query('UPDATE identity.users SET email_confirmed_at = now()')
  const run = (...args: string[]) => admin(url, ...args)
  const said = (output: string) => ({ code: 0, output: `${output}\n`, errors: '' })
  assert.deepEqual(await run('--list'), said('No account has the admin role.'))
  assert.deepEqual(await run('ada@example.com'), said('Ada@example.com is an admin within 10 s.'))
  assert.deepEqual(await run('ada@example.com'), said('Ada@example.com is an admin already.'))
  assert.deepEqual(await run('--list'), said('Ada@example.com  Ada'))
  await pool.query(
    `INSERT INTO identity.api_tokens (id, user_id, name, scopes, hash, created_at)
     SELECT gen_random_uuid(), id, 'x', '{admin}', 'h', now() FROM identity.users`,
  )
  assert.deepEqual(
    await run('ada@example.com', '--revoke'),
    said('Ada@example.com is no admin any more, within 10 s.\nAPI tokens that lost the scope admin: 1'),
  )
  assert.deepEqual(await run('ada@example.com', '--revoke'), said('Ada@example.com is no admin.'))
  const { rows } = await pool.query<{ event: string }>('SELECT event FROM tasks.outbox ORDER BY id')
  const events = rows.map(({ event }) => JSON.parse(event))
  assert.deepEqual(
    events.map(({ source, data: { action, actor } }) => [source, action, actor]),
    [
      ['/taskflow/chat-api', 'role_granted', 'operator'],
      ['/taskflow/chat-api', 'role_revoked', 'operator'],
    ],
  )
})

test('npm run admin says what is wrong and what to do', async (t) => {
  const { url } = await testDatabase(t)
  const unknown = await admin(url, 'nobody@example.com')
  assert.deepEqual([unknown.code, unknown.output], [1, ''])
  assert.equal(unknown.errors, 'No account has the address nobody@example.com. Sign up first.\n')
  const away = await admin('postgres://localhost:1/x', 'nobody@example.com')
  assert.deepEqual([away.code, /Cannot reach the database .*Is npm start running/.test(away.errors)], [1, true])
  for (const args of [[], ['--revoke'], ['--list', 'ada@example.com'], ['--list', '--revoke']])
    assert.equal((await admin(url, ...args)).code, 2, args.join(' '))
})
