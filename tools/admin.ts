import { setRole } from '@taskflow/chat-api/set-role'
import { readArguments, refuse } from '@taskflow/command-line'
import type pg from 'pg'
import { fail, transactionOfChatApi, withDatabase } from './local-database.ts'

const usage = `npm run admin -- EMAIL [--revoke] | --list

Gives an account the admin role, in the database of DATABASE_URL or of npm start. The audit log records it.

  --revoke   takes the role back; the account's API tokens lose the scope admin for good
  --list     lists the accounts that have the role
  --help     this text`

const { values, positionals } = readArguments(
  usage,
  { revoke: { type: 'boolean' }, list: { type: 'boolean' } } as const,
  1,
)
const [email] = positionals
if (values.list && (email !== undefined || values.revoke)) refuse(usage, '--list takes neither EMAIL nor --revoke')

const list = async (pool: pg.Pool): Promise<void> => {
  const { rows } = await pool.query<{ email: string; name: string }>(
    `SELECT email, name FROM identity.users WHERE role = 'admin' ORDER BY lower(email)`,
  )
  for (const { email, name } of rows) console.log(`${email}  ${name}`)
  if (rows.length === 0) console.log('No account has the admin role.')
}

const change = async (pool: pg.Pool, address: string, role: 'user' | 'admin'): Promise<void> => {
  const done = await transactionOfChatApi(pool)((tx) => setRole(tx, address, role))
  if (done === 'unknown') return fail(`No account has the address ${address}. Sign up first.`)
  if (done === 'unconfirmed') return fail(`${address} is not confirmed: follow the link that was mailed to it first.`)
  const { email, changed, limitedTokens } = done
  if (!changed) {
    console.log(role === 'admin' ? `${email} is an admin already.` : `${email} is no admin.`)
    return
  }
  if (role === 'admin') console.log(`${email} is an admin within 10 s.`)
  else console.log(`${email} is no admin any more, within 10 s.`)
  if (limitedTokens > 0) console.log(`API tokens that lost the scope admin: ${limitedTokens}`)
}

if (!values.list && email === undefined) refuse(usage, 'EMAIL is missing')
await withDatabase((pool) => (values.list ? list(pool) : change(pool, email!, values.revoke ? 'user' : 'admin')))
