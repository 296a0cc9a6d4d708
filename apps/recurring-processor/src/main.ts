import { run } from '@taskflow/service-kit'
import { createApp } from './app.ts'
import { readConfig } from './config.ts'
import { createDeps } from './deps.ts'

process.exit(await run(() => createApp(createDeps(readConfig(process.env)))))
