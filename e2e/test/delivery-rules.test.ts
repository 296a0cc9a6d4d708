import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { cases } from '../faults/cases.ts'
import { mutations } from '../faults/mutations.ts'

const workspace = join(import.meta.dirname, '../..')
const page = readFileSync(join(workspace, 'docs/delivery.md'), 'utf8')
const rules = [...page.matchAll(/^\*\*(.+?)\.\*\*/gm)].map(([, rule]) => rule!)

/** Rules that no fault breaks within minutes, and the tests that hold them. */
const heldByTests: Record<string, string> = {
  Backfill: 'tools/test/backfill.test.ts',
  Subscription: 'libs/service-kit/test/inbox/deliveries.test.ts',
  Tombstones: 'apps/reminder-service/test/prune-projection.test.ts',
  'Start and stop': 'libs/service-kit/test/outbox/relay-limits.test.ts',
}

test('every rule of docs/delivery.md is broken by a mutation, or held by a test', () => {
  const broken = new Set(mutations.map(({ rule }) => rule))
  assert.deepEqual(
    rules.filter((rule) => !broken.has(rule) && !heldByTests[rule]),
    [],
  )
  assert.deepEqual(
    [...broken, ...Object.keys(heldByTests)].filter((rule) => !rules.includes(rule)),
    [],
    'the page has no such rule',
  )
  for (const file of Object.values(heldByTests)) assert.ok(readFileSync(join(workspace, file)).length > 0)
})

test('every mutation changes one place of the source, and has a case', () => {
  for (const { name, edits, faultCase } of mutations) {
    for (const { file, from } of edits) {
      const places = readFileSync(join(workspace, file), 'utf8').split(from).length - 1
      assert.equal(places, 1, `${name}: ${file} contains ${from} ${places} times`)
    }
    assert.equal(cases.filter((each) => each.name.startsWith(faultCase)).length, 1, `${name}: ${faultCase}`)
  }
})

test('every mutation is in the table of docs/delivery.md', () => {
  for (const { name } of mutations) assert.ok(page.includes(`| ${name} `), name)
})
