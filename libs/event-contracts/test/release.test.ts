import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { defineEvent, type EventDefinition, topics } from '@taskflow/event-contracts'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { z } from 'zod'
import { releaseProblems } from '../src/release/check-release.ts'
import { eventSchemas } from '../src/release/json-schemas.ts'
import { readReleased, release } from '../src/release/released.ts'

test('the catalogue can be released: every released version is unchanged or can be upcast', () => {
  assert.deepEqual(releaseProblems(topics, readReleased()), [])
})

test('the samples of every released schema are valid', () => {
  const ajv = new Ajv2020({ strict: false, validateFormats: false })
  const released = readReleased()
  assert.ok(released.length >= 14)
  for (const schema of released) {
    for (const example of schema.examples) assert.ok(ajv.validate(schema, example), `${schema.$id} ${ajv.errorsText()}`)
    assert.equal(schema.examples.length, 2)
  }
})

test('generated schemas are deterministic', () => {
  assert.equal(JSON.stringify(eventSchemas(topics)), JSON.stringify(eventSchemas({ ...topics })))
})

const on = (...events: EventDefinition[]) => ({
  happenings: { key: 'task' as const, partitions: 1, retentionDays: 7, events },
})
const first = defineEvent('it.happened', '1.0', z.object({ n: z.int(), kind: z.enum(['a', 'b']) }))
const released = eventSchemas(on(first))

test('a changed schema of a released version is refused with type, path, change and fix', () => {
  const changed = defineEvent('it.happened', '1.0', z.object({ n: z.int(), kind: z.enum(['a']) }))
  assert.deepEqual(releaseProblems(on(changed), released), [
    'it.happened 1.0 at $.kind: "b" is no longer allowed; stored events of that version could not be read. ' +
      "Undo this, or give defineEvent('it.happened', ...) the next version and an upcaster from '1.0'.",
  ])
})

const second = z.object({ count: z.int(), kind: z.enum(['a', 'other']) })
const upcaster = ({ n, kind, ...rest }: Record<string, unknown>) => ({
  ...rest,
  schema_version: '2.0',
  count: n,
  kind: kind === 'a' ? 'a' : 'other',
})

test('a new version needs working upcasters from every released one', () => {
  const problems = (event: EventDefinition) => releaseProblems(on(event), released)
  const [missing] = problems(defineEvent('it.happened', '2.0', second))
  assert.equal(
    missing,
    "it.happened 1.0 has no way to 2.0: there is no upcaster from '1.0'. Give defineEvent('it.happened', ...) one.",
  )
  const [halfway] = problems(defineEvent('it.happened', '3.0', second, { '1.0': upcaster }))
  assert.match(halfway ?? '', /it\.happened 1\.0 has no way to 3\.0: there is no upcaster from '2\.0'/)
  const [wrong] = problems(
    defineEvent('it.happened', '2.0', second, { '1.0': (data) => ({ ...upcaster(data), kind: data.kind }) }),
  )
  assert.match(wrong ?? '', /barest sample of it\.happened 1\.0 does not become 2\.0: \$\.kind: .*Fix the upcasters/)
  const fails = () => {
    throw new Error('no such field')
  }
  const [thrown] = problems(defineEvent('it.happened', '2.0', second, { '1.0': fails }))
  assert.match(thrown ?? '', /cannot be upcast: no such field/)
  assert.deepEqual(problems(defineEvent('it.happened', '2.0', second, { '1.0': upcaster })), [])
})

test('a released event stays on all its topics', () => {
  const other = defineEvent('else.happened', '1.0', z.object({}))
  assert.match(releaseProblems(on(other), released)[0] ?? '', /^it\.happened 1\.0 was released and is gone/)
  const moved = { happenings: on(other).happenings, elsewhere: on(first).happenings }
  assert.match(releaseProblems(moved, released)[0] ?? '', /was released on happenings and is gone from there/)
})

const folderOf = (t: TestContext) => {
  const folder = mkdtempSync(join(tmpdir(), 'taskflow-released-'))
  t.after(() => rmSync(folder, { recursive: true }))
  return folder
}

test('a release keeps earlier schemas and never overwrites a changed one', (t) => {
  const folder = folderOf(t)
  assert.equal(release(on(first), folder).files.length, 1)
  const before = readReleased(folder)

  const changed = defineEvent('it.happened', '1.0', z.object({ n: z.int() }))
  const refused = release(on(changed), folder)
  assert.match(refused.problems[0] ?? '', /at \$\.kind: the field is gone/)
  assert.deepEqual([refused.files, readReleased(folder)], [[], before])

  const stepped = defineEvent('it.happened', '2.0', second, { '1.0': upcaster })
  assert.deepEqual(release(on(stepped), folder).problems, [])
  assert.deepEqual(
    readReleased(folder).map((schema) => schema.$id),
    ['urn:taskflow:schema:it.happened:1.0', 'urn:taskflow:schema:it.happened:2.0'],
  )
  assert.deepEqual(readReleased(folder)[0], before[0])
})

test('a schema without a generated sample needs an example', () => {
  const code = z.string().regex(/^[A-Z]{3}$/)
  assert.throws(() => eventSchemas(on(defineEvent('a.coded', '1.0', z.object({ code })))), /\.meta\(\{ examples/)
  const [schema] = eventSchemas(on(defineEvent('a.coded', '1.0', z.object({ code: code.meta({ examples: ['EUR'] }) }))))
  assert.equal(schema?.examples[0]?.code, 'EUR')
})
