import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'

const program = join(import.meta.dirname, '../src/run-tests.ts')

/** Runs a test file, as a project of its own. */
const runTests = (t: TestContext, text: string, env: Record<string, string> = {}) => {
  const folder = mkdtempSync(join(tmpdir(), 'taskflow-run-tests-'))
  t.after(() => rmSync(folder, { recursive: true }))
  mkdirSync(join(folder, 'test'))
  writeFileSync(join(folder, 'test/a.test.ts'), `import { before, describe, test } from 'node:test'\n${text}`)
  // Not as a part of this test run, which would not run another.
  const { NODE_TEST_CONTEXT: _context, TEST_NAME: _name, ...inherited } = process.env
  const { status, stderr } = spawnSync(process.execPath, [program, 'sample', folder], {
    encoding: 'utf8',
    env: { ...inherited, TEST_DATABASE_URL: 'none', TEST_RESULTS: folder, ...env },
  })
  return { status, stderr, counts: JSON.parse(readFileSync(join(folder, 'sample.json'), 'utf8')) }
}

test('counts tests, not files or suites', (t) => {
  const { status, counts } = runTests(
    t,
    "test('a', () => {}); describe('s', () => { test('b', () => {}) }); test.skip('c')",
  )
  assert.deepEqual([status, counts], [0, { passed: 2, failed: 0, skipped: 1 }])
})

test('fails with a test that fails', (t) => {
  const { status, counts } = runTests(t, "test('a', () => {}); describe('s', () => { test('b', () => { throw 1 }) })")
  assert.deepEqual([status, counts], [1, { passed: 1, failed: 1, skipped: 0 }])
})

for (const [what, text] of [
  ['a suite that throws', "test('a', () => {}); describe('s', () => { throw 1 })"],
  [
    'a hook that throws',
    "test('a', () => {}); describe('s', () => { before(() => { throw 1 }); test('b', () => {}) })",
  ],
  ['a file that does not load', "test('a', () => {}); import './none.ts'"],
] as const) {
  test(`fails with ${what}`, (t) => {
    const { status, counts } = runTests(t, text)
    assert.equal(status, 1)
    assert.ok(counts.failed > 0)
  })
}

test('fails when no test matches the filter', (t) => {
  const { status, stderr, counts } = runTests(t, "test('a', () => {})", { TEST_NAME: 'no test is called this' })
  assert.deepEqual([status, counts], [1, { passed: 0, failed: 0, skipped: 0 }])
  assert.match(stderr, /no test matches TEST_NAME=no test is called this/)
})

for (const [what, text] of [
  ['a test that is stuck', "test('a', () => {}); test('stuck', () => new Promise(() => setInterval(() => {}, 1_000)))"],
  ['a file that does not end', "test('a', () => {}); setInterval(() => {}, 1_000)"],
  ['a file that is blocked', "test('a', () => {}); test('blocked', () => { for (;;); })"],
] as const) {
  test(`fails with ${what}, which is stopped and named`, (t) => {
    const { status, stderr, counts } = runTests(t, text, { TEST_SILENCE: '3' })
    assert.equal(status, 1)
    assert.ok(counts.failed > 0)
    assert.match(stderr, /Stopped after 3 s without a result\. Unfinished: .*a\.test\.ts/)
    if (text.includes('stuck')) assert.match(stderr, /Unfinished: .*stuck/)
  })
}
