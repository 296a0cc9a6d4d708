import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { test } from 'node:test'

const library = join(import.meta.dirname, '../src/index.ts')

/** Runs a command that prints its parsed arguments. */
const run = (read: string, ...args: string[]) => {
  const code = `import { choose, readArguments, readOptions, refuse } from ${JSON.stringify(library)}
    const usage = 'npm run it'
    console.log(JSON.stringify(${read}))`
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--input-type=module', '--eval', code, '--', ...args],
    {
      encoding: 'utf8',
    },
  )
  return { status, stdout, stderr }
}
const options = `{ fresh: { type: 'boolean' }, only: { type: 'string' } }`

test('options are parsed', () => {
  assert.equal(run(`readOptions(usage, ${options})`, '--fresh', '--only', 'x').stdout, '{"fresh":true,"only":"x"}\n')
  assert.equal(run(`readOptions(usage, ${options})`).stdout, '{}\n')
})

test('--help prints the usage and exits with 0', () => {
  assert.deepEqual(run(`readOptions(usage, ${options})`, '--help'), { status: 0, stdout: 'npm run it\n', stderr: '' })
})

test('anything unknown prints the problem and the usage, and exits with 2', () => {
  for (const [args, problem] of [
    [['--frehs'], "Unknown option '--frehs'"],
    [['--only'], "Option '--only <value>' argument missing"],
    [['word'], "Unexpected argument 'word'"],
  ] as const) {
    const refused = { status: 2, stdout: '', stderr: `${problem}\n\nnpm run it\n` }
    assert.deepEqual(run(`readOptions(usage, ${options})`, ...args), refused)
  }
})

test('the number of positional arguments is limited', () => {
  assert.equal(run('readArguments(usage, {}, 1).positionals', 'one').stdout, '["one"]\n')
  assert.match(run('readArguments(usage, {}, 1)', 'one', 'two').stderr, /^Unexpected argument 'two'/)
})

test('items are selected by part of their name; no match is an invalid option', () => {
  const items = `[{ name: 'Kafka lost' }, { name: 'database lost' }]`
  assert.equal(run(`choose(usage, ${items}, 'kafka')`).stdout, '[{"name":"Kafka lost"}]\n')
  assert.equal(JSON.parse(run(`choose(usage, ${items})`).stdout).length, 2)
  const { status, stderr } = run(`choose(usage, ${items}, 'typo')`)
  assert.deepEqual([status, stderr], [2, '--only typo matches none of:\n  Kafka lost\n  database lost\n\nnpm run it\n'])
})
