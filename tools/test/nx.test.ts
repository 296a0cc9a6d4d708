import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, describe, test } from 'node:test'
import { workspaceRoot } from '@taskflow/local-mesh'

/** A green result has run on what is here: not on other files, with other settings or in another clone. */
describe('the Nx cache', () => {
  const folder = mkdtempSync(join(tmpdir(), 'taskflow-nx-'))
  after(() => rmSync(folder, { recursive: true, force: true }))
  const clone = copyOfRepository(join(folder, 'clone'))

  const run = (args: string[], { env = {}, cwd = clone }: { env?: Record<string, string>; cwd?: string } = {}) => {
    const nx = join(workspaceRoot, 'node_modules/nx/dist/bin/nx.js')
    // Without NODE_TEST_CONTEXT, which would keep it from running tests.
    const { TEST_NAME: _name, NX_SKIP_NX_CACHE: _skip, NODE_TEST_CONTEXT: _context, ...inherited } = process.env
    const { status, stdout, stderr } = spawnSync(process.execPath, [nx, ...args], {
      cwd,
      encoding: 'utf8',
      env: { ...inherited, NX_DAEMON: 'false', NX_TUI: 'false', FORCE_COLOR: '0', ...env },
    })
    const output = stdout + stderr
    return { passed: status === 0, isCached: /local cache|existing outputs match/i.test(output), output }
  }

  /** Green, green again without running, and red with the fault. */
  const turnsRed = (args: string[], file: string, breakIt: (text: string) => string) => {
    const first = run(args)
    assert.ok(first.passed, first.output)
    const second = run(args)
    assert.ok(second.passed && second.isCached, second.output)
    const sound = readFileSync(join(clone, file), 'utf8')
    writeFileSync(join(clone, file), breakIt(sound))
    try {
      const broken = run(args)
      assert.ok(!broken.passed && !broken.isCached, broken.output)
    } finally {
      writeFileSync(join(clone, file), sound)
    }
  }
  const broken = (text: string) => `${text}\nthrow new Error('broken')\n`

  test('a fault in libs/test-kit fails the tests that use it', () => {
    turnsRed(['test', 'event-contracts', '--', 'test/contracts.test.ts'], 'libs/test-kit/src/index.ts', broken)
  })

  test('a fault in the mail catcher fails its tests and those of its users', () => {
    turnsRed(['test', 'mailbox', '--', 'test/mailbox.test.ts'], 'apps/mailbox/src/smtp.ts', broken)
    const sending = ['test', 'notification-service', '--', 'test/mail-server-process.test.ts']
    turnsRed(sending, 'apps/mailbox/src/smtp.ts', broken)
  })

  test('a dead link in README fails the document checks', () => {
    const args = ['test', 'tools', '--', 'test/documents.test.ts']
    turnsRed(args, 'README.md', (text) => `${text}\n[nowhere](docs/nowhere.md)\n`)
  })

  test('a fault in a manifest fails the manifest checks', () => {
    const args = ['test', 'tools', '--', 'test/documents.test.ts']
    turnsRed(args, 'k8s/components/strimzi/users.yaml', (text) => text.replace('task-events', 'no-events'))
  })

  test('a filtered run is never reused for a full one, and a filter that matches nothing is an error', () => {
    const counts = () =>
      JSON.parse(readFileSync(join(clone, '.taskflow/test-results/event-contracts.json'), 'utf8')) as { passed: number }
    const filtered = run(['test', 'event-contracts'], { env: { TEST_NAME: 'AsyncAPI' } })
    assert.ok(filtered.passed, filtered.output)
    const some = counts().passed
    const full = run(['test', 'event-contracts'])
    assert.ok(full.passed && !full.isCached, full.output)
    assert.ok(counts().passed > some, `${counts().passed} after ${some}`)
    for (const nothing of [
      run(['test', 'event-contracts'], { env: { TEST_NAME: 'no test is called this' } }),
      run(['test', 'event-contracts', '--', 'test/none.test.ts']),
    ]) {
      assert.ok(!nothing.passed, nothing.output)
      assert.match(nothing.output, /no test matches/)
    }
  })

  test('clones do not share cached results', () => {
    const git = (...args: string[]) =>
      execFileSync('git', ['-C', clone, '-c', 'user.name=t', '-c', 'user.email=t@t', ...args])
    git('init', '--quiet')
    writeFileSync(join(clone, '.git/info/exclude'), 'node_modules\n') // which are links here
    git('add', '--all')
    git('commit', '--quiet', '--message', 'all')
    const other = join(folder, 'other')
    execFileSync('git', ['clone', '--quiet', clone, other])
    linkPackages(other)
    assert.ok(run(['typecheck', 'recurrence']).passed)
    assert.ok(run(['typecheck', 'recurrence']).isCached)
    const inOtherClone = run(['typecheck', 'recurrence'], { cwd: other })
    assert.ok(inOtherClone.passed && !inOtherClone.isCached, inOtherClone.output)
  })

  test('a change of chat-api affects the end-to-end tests', () => {
    const { output } = run(['show', 'projects', '--affected', '--files=apps/chat-api/src/app.ts'])
    assert.match(output, /^e2e$/m)
    assert.doesNotMatch(output, /^recurrence$/m)
  })
})

/** The repository as it is, with the installed packages; its own packages are those of the copy. */
function copyOfRepository(copy: string): string {
  const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], {
    cwd: workspaceRoot,
    encoding: 'utf8',
  }).split('\0')
  for (const file of files.filter((each) => each && existsSync(join(workspaceRoot, each)))) {
    mkdirSync(join(copy, dirname(file)), { recursive: true })
    cpSync(join(workspaceRoot, file), join(copy, file))
  }
  linkPackages(copy)
  return copy
}

function linkPackages(copy: string): void {
  const [installed, linked] = [join(workspaceRoot, 'node_modules'), join(copy, 'node_modules')]
  mkdirSync(join(linked, '@taskflow'), { recursive: true })
  for (const name of readdirSync(installed)) {
    if (name !== '@taskflow' && !name.startsWith('.cache')) symlinkSync(join(installed, name), join(linked, name))
  }
  for (const name of ['bench', 'e2e', 'tools']) symlinkSync(join(copy, name), join(linked, '@taskflow', name))
  for (const group of ['apps', 'libs']) {
    for (const name of readdirSync(join(copy, group))) {
      if (name !== 'taskflow-mcp') symlinkSync(join(copy, group, name), join(linked, '@taskflow', name))
      // A package that two others need in different versions is installed next to one of them.
      const own = join(workspaceRoot, group, name, 'node_modules')
      if (existsSync(own)) symlinkSync(own, join(copy, group, name, 'node_modules'))
    }
  }
}
