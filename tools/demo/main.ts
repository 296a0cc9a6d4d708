import { readOptions } from '@taskflow/command-line'
import { apiOf, fillAccount } from '@taskflow/test-kit'

const usage = `npm run demo [-- options]

Creates an account with some weeks of tasks in a running TaskFlow.

  --url URL         address of TaskFlow (http://localhost:8080)
  --email ADDRESS   address of the new account (demo@example.com)
  --help            this text`

const password = 'correct horse'
const { url = 'http://localhost:8080', email = 'demo@example.com' } = readOptions(usage, {
  url: { type: 'string' },
  email: { type: 'string' },
})
const { timeZone: time_zone } = Intl.DateTimeFormat().resolvedOptions()
try {
  const account = { email, password, name: 'Robin', time_zone, locale: 'en-GB' }
  const { token } = (await apiOf(url).send('POST', '/auth/signup', account)) as { token: string }
  await fillAccount(apiOf(url, token), { now: Temporal.Now.instant(), time_zone })
  console.log(`Sign in at ${url} as ${email} with the password "${password}".`)
} catch (error) {
  const { message, cause } = error as Error
  const isTaken = message.includes('409')
  const isAway = cause !== undefined
  console.error(
    isTaken
      ? `${email} already has an account: sign in with "${password}", or npm run demo -- --email ANOTHER`
      : isAway
        ? `TaskFlow does not respond at ${url}: npm start, then run this again.`
        : message,
  )
  process.exit(1)
}
