import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { readOptions } from '@taskflow/command-line'
import { topics } from '../topics.ts'
import { release } from './released.ts'

const usage = `npm run release:schemas

Part of a release: writes libs/event-contracts/released, or reports why it cannot.

  --help   this text`

readOptions(usage, {})
const root = join(import.meta.dirname, '../../../..')

const { problems, files } = release(topics)
if (problems.length > 0) {
  for (const problem of problems) console.error(problem)
  console.error('nothing was written')
  process.exitCode = 1
} else {
  const format = join(root, 'node_modules/.bin/biome')
  const { status } = spawnSync(format, ['format', '--write', ...files], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  console.log(`${files.length} schemas written to libs/event-contracts/released`)
  process.exitCode = status ?? 1
}
