import { migrate } from '@taskflow/database'
import { environmentPrefix, serviceNames } from '@taskflow/service-kit'

/** The Job that migrates the database and sets the password of each service's role. */
const { env } = process
const passwordVariables = serviceNames.map((name) => [name, `${environmentPrefix(name)}_DATABASE_PASSWORD`] as const)

const missing = ['DATABASE_URL', ...passwordVariables.map(([, variable]) => variable)].filter((name) => !env[name])
if (missing.length > 0) {
  for (const name of missing) console.error(`configuration: ${name} is not set`)
  process.exit(78)
}
await migrate({
  databaseUrl: env.DATABASE_URL!,
  passwords: Object.fromEntries(passwordVariables.map(([name, variable]) => [name, env[variable]!])),
  report: (line) => console.log(line),
})
console.log('the database is up to date')
