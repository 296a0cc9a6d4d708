import assert from 'node:assert/strict'
import { test } from 'node:test'
import { topics } from '@taskflow/event-contracts'
import { z } from 'zod'
import { type Fields, fieldsOf, joinPersonal, personalFields, splitPersonal } from '../src/domain/personal-fields.ts'

interface Schema {
  properties?: Record<string, Schema>
}

/** Schema fields missing from the table, and table entries without a schema field. */
const undecided = (schema: Schema, fields: Fields, path: string): string[] => {
  const names = new Set([...Object.keys(schema.properties ?? {}), ...Object.keys(fields)])
  return [...names].flatMap((name) => {
    const [inner, rule] = [schema.properties?.[name], fields[name]]
    if (!inner || !rule) return [`${path}.${name}`]
    return typeof rule === 'string' || !inner.properties ? [] : undecided(inner, rule, `${path}.${name}`)
  })
}

const definitions = Object.values(topics).flatMap((topic) => [...topic.events])

test('every field of every event is classified as personal or plain', () => {
  for (const { type, data } of definitions) {
    assert.ok(Object.hasOwn(personalFields, type), `${type} is not in the table`)
    assert.deepEqual(undecided(z.toJSONSchema(data) as Schema, fieldsOf(type), type), [])
  }
  assert.deepEqual(
    Object.keys(personalFields).filter((type) => !definitions.some((each) => each.type === type)),
    [],
  )
})

test('an unclassified or removed field is detected', () => {
  const schema = { properties: { known: {}, task: { properties: { title: {}, colour: {} } }, fresh: {} } }
  const fields = { known: 'plain', task: { title: 'personal' }, gone: 'plain' } as const
  assert.deepEqual(undecided(schema, fields, 'x'), ['x.task.colour', 'x.fresh', 'x.gone'])
})

test('splitting and joining an event is lossless; unclassified fields are personal', () => {
  const data = {
    schema_version: '2.0',
    user_id: null,
    task: { id: '1', title: 'a', priority: 'low', tags: [] },
    changed: { title: ['b', 'a'], priority: ['high', 'low'], mood: ['bad', 'good'], constructor: ['x', 'y'] },
  }
  const { plain, personal } = splitPersonal(data, fieldsOf('task.updated'))
  assert.deepEqual(personal, {
    task: { title: 'a', tags: [] },
    changed: { title: ['b', 'a'], mood: ['bad', 'good'], constructor: ['x', 'y'] },
  })
  assert.deepEqual(joinPersonal(plain, personal!), data)
  assert.deepEqual(splitPersonal({ user_id: null, note: 'x' }, fieldsOf('a.new.type')).personal, { note: 'x' })
  assert.equal(splitPersonal({ user_id: null }, fieldsOf('user.deleted')).personal, undefined)
})
