import { parseArgs } from 'node:util'
import { apiOf, fillAccount } from '@taskflow/test-kit'

/**
 * `npm run demo`: an account with some weeks of tasks in a running TaskFlow. `-- --url URL` (http://localhost:8080),
 * `--email ADDRESS` of an account to be made (demo@example.com).
 */
const password = 'correct horse'
const { values } = parseArgs({
  options: {
    url: { type: 'string', default: 'http://localhost:8080' },
    email: { type: 'string', default: 'demo@example.com' },
  },
})
const { url, email } = values
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
      ? `${email} has an account already: sign in with "${password}", or npm run demo -- --email ANOTHER`
      : isAway
        ? `TaskFlow does not answer at ${url}: npm start, then run this again.`
        : message,
  )
  process.exit(1)
}
