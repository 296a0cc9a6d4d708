import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readOptions } from '@taskflow/command-line'
import { topics } from '../topics.ts'
import { asyncApiDocument } from './asyncapi.ts'
import { readScopes } from './scopes.ts'

const usage = `npm run docs:asyncapi

Writes libs/event-contracts/asyncapi.json from the catalogue of topics.

  --help   this text`

readOptions(usage, {})
const root = join(import.meta.dirname, '../../../..')
const file = 'libs/event-contracts/asyncapi.json'
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }

writeFileSync(join(root, file), JSON.stringify(asyncApiDocument(topics, readScopes(), version), null, 2))
const format = join(root, 'node_modules/.bin/biome')
const { status } = spawnSync(format, ['format', '--write', file], {
  cwd: root,
  stdio: ['ignore', 'ignore', 'inherit'],
})
process.exitCode = status ?? 1
