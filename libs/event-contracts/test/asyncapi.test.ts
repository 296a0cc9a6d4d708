import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import specification from '@asyncapi/specs/schemas/3.0.0.json' with { type: 'json' }
import { topics } from '@taskflow/event-contracts'
import { Ajv } from 'ajv'
import { asyncApiDocument } from '../src/release/asyncapi.ts'
import { readScopes } from '../src/release/scopes.ts'

const root = join(import.meta.dirname, '../../..')
const read = (file: string) => JSON.parse(readFileSync(join(root, file), 'utf8'))
const committed = read('libs/event-contracts/asyncapi.json')

test('libs/event-contracts/asyncapi.json matches the catalogue', () => {
  const expected = asyncApiDocument(topics, readScopes(), read('package.json').version)
  assert.deepEqual(committed, JSON.parse(JSON.stringify(expected)), 'run npm run docs:asyncapi and commit its result')
})

test('it is valid AsyncAPI 3.0, and an invalid document is rejected', () => {
  // The specification includes the JSON Schema meta-schema, so Ajv must not add its own.
  const validate = new Ajv({ strict: false, validateFormats: false, meta: false, validateSchema: false }).compile(
    specification,
  )
  assert.ok(validate(committed), JSON.stringify(validate.errors?.slice(0, 3), null, 1))
  assert.ok(!validate({ ...committed, channels: { 'task-events': { address: 1 } } }))
})

test('every reference in it resolves', () => {
  const check = (value: unknown): void => {
    if (value === null || typeof value !== 'object') return
    if ('$ref' in value) {
      let target = committed
      for (const name of String(value.$ref).split('/').slice(1)) target = target?.[name]
      assert.ok(target, String(value.$ref))
    }
    for (const each of Object.values(value)) check(each)
  }
  check(committed)
})

test('it lists who sends and who receives each topic', () => {
  assert.deepEqual(Object.keys(committed.channels), Object.keys(topics))
  assert.deepEqual(committed.operations['reminder-service-sends-task-reminders'].channel, {
    $ref: '#/channels/task-reminders',
  })
  assert.equal(committed.operations['audit-logger-receives-user-events'].action, 'receive')
})
