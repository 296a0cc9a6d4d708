import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { topics } from '../topics.ts'
import { release } from './released.ts'

/** `npm run release:schemas`, part of making a release: writes the released folder, or prints why it cannot. */
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
