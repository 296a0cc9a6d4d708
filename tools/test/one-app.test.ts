import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { cpSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { serviceNames } from '@taskflow/service-kit'

const root = join(import.meta.dirname, '../..')

/** Lints a text as if it were the given file of the repository: in a copy of its layout, with its rules. */
const lint = (t: TestContext, text: string, file: string) => {
  const copy = mkdtempSync(join(tmpdir(), 'taskflow-lint-'))
  t.after(() => rmSync(copy, { recursive: true }))
  cpSync(join(root, 'biome.json'), join(copy, 'biome.json'))
  mkdirSync(join(copy, dirname(file)), { recursive: true })
  writeFileSync(join(copy, file), text)
  const { status, stdout, stderr } = spawnSync(
    join(root, 'node_modules/.bin/biome'),
    ['lint', '--vcs-enabled=false', file],
    {
      cwd: copy,
      encoding: 'utf8',
    },
  )
  return { status, output: stdout + stderr }
}

test('a second app in a service does not pass the lint', (t) => {
  for (const fixture of globSync('fixtures/*.ts', { cwd: import.meta.dirname })) {
    const { status, output } = lint(
      t,
      readFileSync(join(import.meta.dirname, fixture), 'utf8'),
      'apps/chat-api/src/second.ts',
    )
    assert.notEqual(status, 0, fixture)
    assert.match(output, /noRestrictedImports/, fixture)
  }
})

test('the service kit and the app.ts of a service pass the lint', (t) => {
  for (const file of ['libs/service-kit/src/create-service-app.ts', 'apps/chat-api/src/app.ts']) {
    const { status, output } = lint(t, readFileSync(join(root, file), 'utf8'), file)
    assert.equal(status, 0, output)
  }
})

test('every service is created by one call', () => {
  for (const service of serviceNames) {
    const calls = globSync('src/**/*.ts', { cwd: join(root, 'apps', service) }).flatMap((file) =>
      [...readFileSync(join(root, 'apps', service, file), 'utf8').matchAll(/\bcreateServiceApp\(/g)].map(() => file),
    )
    assert.deepEqual(calls, ['src/app.ts'], service)
  }
})
