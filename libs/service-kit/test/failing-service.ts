import { createLog, run, type ServiceApp } from '@taskflow/service-kit'
import { DrizzleQueryError } from 'drizzle-orm'

/** A service with an unhandled rejection. */
const log = createLog({ service: 'chat-api', level: 'info', secrets: ['canary-secret'], terminal: false })
const fail = () => {
  throw new DrizzleQueryError('SELECT $1', ['canary-parameter'], new Error('refused for canary-secret'))
}
const app = { log, listen: async () => setTimeout(fail), work: () => {} } as unknown as ServiceApp
process.exit(await run(() => app))
