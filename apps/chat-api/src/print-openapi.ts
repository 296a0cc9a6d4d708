import { createApp } from './app.ts'
import { readConfig } from './config.ts'
import { createDeps } from './deps.ts'

/** Prints what GET /openapi.json answers. Nothing else has to run: the service answers without its database. */
const secret = 'of no use: nobody signs in here, this process ends with its answer'
const app = createApp(
  createDeps(
    readConfig({
      TOKEN_SECRET: secret,
      LINK_SECRET: secret,
      ACCOUNT_KEY: secret,
      OAUTH_SECRET: secret,
      APP_API_TOKEN: secret,
      DAPR_API_TOKEN: secret,
      CHAT_API_PORT: '0',
      CHAT_API_DATABASE_URL: 'postgres://127.0.0.1:1/none',
      LOG_LEVEL: 'error',
    }),
  ),
)
const answer = await fetch(`http://127.0.0.1:${await app.listen()}/openapi.json`)
process.stdout.write(await answer.text(), () => process.exit(answer.ok ? 0 : 1))
