import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

/** `npm run check`: types, then format and lint. */
const root = join(import.meta.dirname, '..')
const bin = (name: string) => join(root, 'node_modules/.bin', name)

const checks: [string, string, string[]][] = [
  ['types', bin('tsc'), ['-p', '.']],
  ['types of the console', bin('tsc'), ['-p', 'apps/console']],
  ['format and lint', bin('biome'), ['ci', '--error-on-warnings', '.']],
]

for (const [name, command, args] of checks) {
  const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit' })
  console.log(`${name}: ${status === 0 ? 'ok' : 'failed'}`)
  if (status !== 0) process.exitCode = 1
}
