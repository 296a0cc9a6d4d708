import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { describe, test } from 'node:test'

const root = join(import.meta.dirname, '../..')
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> }

/** Programs by npm script; arguments that the script passes come first. */
const programs = Object.entries(scripts).flatMap(([script, command]) => {
  const [, file, ...args] = command.match(/bootstrap\.mjs (?:--no-install )?(\S+)(?: (.+))?/) ?? []
  return file ? [{ script, command: [join(root, file), ...args.filter(Boolean)] }] : []
})

/** Runs a program in an empty environment, so that it finds nothing to start. */
const run = async (command: string[]) => {
  const child = spawn(process.execPath, command, {
    cwd: root,
    env: { PATH: '', HOME: '/nowhere', NODE_COMPILE_CACHE: join(root, '.taskflow/compile-cache') },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 60_000,
  })
  const [output, errors, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')])
  return { code, output, errors }
}

describe('npm scripts', { concurrency: 2 }, () => {
  for (const { script, command } of programs) {
    test(`${script}: --help prints the usage, an unknown option is refused; both do nothing else`, async () => {
      const help = await run([...command, '--help'])
      assert.deepEqual([help.code, help.errors], [0, ''])
      assert.match(help.output, /^npm (run [\w:-]+|start|test)\b[^\n]*\n\n[\s\S]+--help +this text/)
      const refused = await run([...command, '--no-such-option'])
      assert.deepEqual([refused.code, refused.output], [2, ''])
      assert.equal(refused.errors, `Unknown option '--no-such-option'\n\n${help.output}`)
    })
  }
})

test('every script but format is one of these programs', () => {
  const found = new Set(programs.map(({ script }) => script))
  assert.deepEqual(
    Object.keys(scripts).filter((script) => !found.has(script)),
    ['format'],
  )
})

test('--only with an unknown name is refused with the known ones', async () => {
  for (const script of ['faults', 'drills', 'bench', 'verify:k8s']) {
    const { command } = programs.find((each) => each.script === script)!
    const { code, output, errors } = await run([...command, '--only', 'no such name'])
    assert.deepEqual([code, output], [2, ''], script)
    assert.match(errors, /^--only no such name matches none of:\n( {2}\S.*\n)+\nnpm run /, script)
  }
})
