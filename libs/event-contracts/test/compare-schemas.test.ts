import assert from 'node:assert/strict'
import { test } from 'node:test'
import { z } from 'zod'
import { compareSchemas } from '../src/release/compare-schemas.ts'
import type { JsonSchema } from '../src/release/json-schema.ts'

const json = (schema: z.ZodType) => z.toJSONSchema(schema, { io: 'input' }) as JsonSchema
const changes = (released: z.ZodType, now: z.ZodType) =>
  compareSchemas(json(released), json(now)).map(({ path, what, breaks }) => `${path}: ${what} (${breaks})`)

/** A value that the change makes unreadable: an old one for stored events, a new one for older consumers. */
interface Witness {
  stored?: unknown
  published?: unknown
}
type Row = [name: string, released: z.ZodType, now: z.ZodType, expected: string[], witness: Witness]

const o = z.strictObject
const text = z.string()

const refused: Row[] = [
  [
    'a removed field',
    o({ a: text, b: text }),
    o({ a: text }),
    ['$.b: the field is gone (both)'],
    { stored: { a: '', b: '' }, published: { a: '' } },
  ],
  [
    'a removed optional field',
    o({ a: text.optional() }),
    o({}),
    ['$.a: the field is gone (stored events)'],
    { stored: { a: '' } },
  ],
  [
    'a new required field',
    o({}),
    o({ a: text }),
    ['$.a: the field is new and required (both)'],
    { stored: {}, published: { a: '' } },
  ],
  [
    'a new optional field, for objects are closed',
    o({}),
    o({ a: text.optional() }),
    ['$.a: the field is new (older consumers)'],
    { published: { a: '' } },
  ],
  [
    'a renamed field',
    o({ a: text }),
    o({ b: text }),
    ['$.a: the field is gone (both)', '$.b: the field is new and required (both)'],
    { stored: { a: '' }, published: { b: '' } },
  ],
  [
    'an optional field that becomes required',
    o({ a: text.optional() }),
    o({ a: text }),
    ['$.a: the field is now required (stored events)'],
    { stored: {} },
  ],
  [
    'a required field that becomes optional',
    o({ a: text }),
    o({ a: text.optional() }),
    ['$.a: the field is no longer required (older consumers)'],
    { published: {} },
  ],
  [
    'a field that may no longer be null',
    o({ a: z.uuid().nullable() }),
    o({ a: z.uuid() }),
    ['$.a: null is no longer allowed (stored events)'],
    { stored: { a: null } },
  ],
  [
    'a field that may now be null',
    o({ a: text }),
    o({ a: text.nullable() }),
    ['$.a: null is now allowed (older consumers)'],
    { published: { a: null } },
  ],
  [
    'a narrowed enum',
    o({ a: z.enum(['x', 'y']) }),
    o({ a: z.enum(['x']) }),
    ['$.a: "y" is no longer allowed (stored events)'],
    { stored: { a: 'y' } },
  ],
  [
    'a widened enum',
    o({ a: z.enum(['x']) }),
    o({ a: z.enum(['x', 'y']) }),
    ['$.a: "y" is now allowed (older consumers)'],
    { published: { a: 'y' } },
  ],
  [
    'free text that becomes an enum',
    o({ a: text }),
    o({ a: z.enum(['x']) }),
    ['$.a: only "x" is allowed now (stored events)'],
    { stored: { a: '' } },
  ],
  [
    'an enum that becomes free text',
    o({ a: z.enum(['x']) }),
    o({ a: text }),
    ['$.a: more than "x" is allowed now (older consumers)'],
    { published: { a: '' } },
  ],
  [
    'another type',
    o({ a: text }),
    o({ a: z.boolean() }),
    ['$.a: string has become boolean (both)'],
    { stored: { a: '' }, published: { a: true } },
  ],
  [
    'a number that becomes an integer',
    z.number(),
    z.int(),
    ['$: number has become integer (stored events)'],
    { stored: 1.5 },
  ],
  [
    'an integer that becomes a number',
    z.int(),
    z.number(),
    ['$: integer has become number (older consumers)'],
    { published: 1.5 },
  ],
  [
    'a tightened lower bound',
    z.int().min(0),
    z.int().min(1),
    ['$: minimum has become 1, was 0 (stored events)'],
    { stored: 0 },
  ],
  [
    'a relaxed lower bound',
    z.int().min(1),
    z.int().min(0),
    ['$: minimum has become 0, was 1 (older consumers)'],
    { published: 0 },
  ],
  [
    'a tightened upper bound',
    text.max(9),
    text.max(1),
    ['$: maxLength has become 1, was 9 (stored events)'],
    { stored: 'two' },
  ],
  ['a new bound', text, text.max(1), ['$: maxLength has become 1, was none (stored events)'], { stored: 'two' }],
  [
    'a dropped bound',
    z.array(text).min(1),
    z.array(text),
    ['$: minItems has become none, was 1 (older consumers)'],
    { published: [] },
  ],
  ['a new format', text, text.regex(/^x$/), ['$: pattern has become "^x$", was none (stored events)'], { stored: 'y' }],
  [
    'another format',
    text.regex(/^y$/),
    text.regex(/^x$/),
    ['$: pattern has become "^x$", was "^y$" (both)'],
    { stored: 'y', published: 'x' },
  ],
  [
    'other items',
    z.array(o({ a: text })),
    z.array(o({ a: text.nullable() })),
    ['$[*].a: null is now allowed (older consumers)'],
    { published: [{ a: null }] },
  ],
  [
    'other values of a record',
    z.record(text, text),
    z.record(text, z.int()),
    ['$.*: string has become integer (both)'],
    { stored: { a: '' }, published: { a: 1 } },
  ],
  [
    'other names of a record',
    z.record(text, text),
    z.record(text.max(1), text),
    ['$ (names): maxLength has become 1, was none (stored events)'],
    { stored: { two: '' } },
  ],
  [
    'a place more in a tuple',
    z.tuple([text]),
    z.tuple([text, text]),
    [
      '$: minItems has become 2, was 1 (stored events)',
      '$: maxItems has become 2, was 1 (older consumers)',
      '$: 1 places have become 2 (both)',
    ],
    { stored: [''], published: ['', ''] },
  ],
  [
    'another place in a tuple',
    z.tuple([text, text]),
    z.tuple([text, z.int()]),
    ['$[1]: string has become integer (both)'],
    { stored: ['', ''], published: ['', 1] },
  ],
  [
    'a closed object that is opened',
    o({}),
    z.looseObject({}),
    ['$.*: more than before is allowed (older consumers)'],
    { published: { a: 1 } },
  ],
  [
    'an open object that is closed',
    z.object({}),
    o({}),
    ['$.*: less than before is allowed (stored events)'],
    { stored: { a: 1 } },
  ],
  [
    'an alternative gone and one changed',
    z.union([z.int(), text, z.boolean()]),
    z.union([z.int(), text.max(1)]),
    ['$: maxLength has become 1, was none (stored events)', '$: boolean is no longer allowed (stored events)'],
    { stored: true },
  ],
  [
    'a change within a recursive schema',
    o({ a: z.json() }),
    o({ a: z.union([text, z.lazy((): z.ZodType => z.array(text))]) }),
    ['$.a: number is no longer allowed (stored events)'],
    { stored: { a: 1 } },
  ],
]

for (const [name, released, now, expected, { stored, published }] of refused) {
  test(`refused: ${name}`, () => {
    const found = changes(released, now)
    if (name.includes('recursive')) assert.ok(found.includes(expected[0]!), found.join('\n'))
    else assert.deepEqual(found, expected)
    // The witness proves it: one side can read it, the other cannot.
    if (stored !== undefined) assert.ok(released.safeParse(stored).success && !now.safeParse(stored).success)
    if (published !== undefined) assert.ok(now.safeParse(published).success && !released.safeParse(published).success)
    assert.ok(stored !== undefined || published !== undefined)
  })
}

test('refused: a changed default, which changes the meaning of stored events', () => {
  assert.deepEqual(changes(o({ a: z.int().default(1) }), o({ a: z.int().default(2) })), [
    '$.a: the default has become 2, was 1 (both)',
  ])
})

test('refused: a keyword that the comparison does not know, even unchanged', () => {
  const either = z.discriminatedUnion('kind', [o({ kind: z.literal('a') }), o({ kind: z.literal('b') })])
  assert.deepEqual(changes(o({ either }), o({ either })), [
    '$.either: "oneOf" is not known to the comparison of schemas (both)',
  ])
  const typeAndAnyOf = { type: 'string', anyOf: [{ type: 'string' }] }
  assert.match(compareSchemas(typeAndAnyOf, typeAndAnyOf)[0]?.what ?? '', /"type" is not known/)
})

const allowed: [name: string, released: z.ZodType, now: z.ZodType][] = [
  ['texts for people', o({ a: text.nullable() }), o({ a: text.meta({ description: 'why' }).nullable() })],
  ['the order of fields', o({ a: text, b: text }), o({ b: text, a: text })],
  ['the order of alternatives', z.union([text, z.int(), z.null()]), z.union([z.null(), z.int(), text])],
  ['the order of an enum', z.enum(['a', 'b']), z.enum(['b', 'a'])],
  ['a literal written as an enum', z.literal('a'), z.enum(['a'])],
  ['a part that gets a name', o({ a: o({ b: text }) }), o({ a: o({ b: text }).meta({ id: 'named' }) })],
  ['a recursive schema as it was', o({ a: z.record(text, z.json()) }), o({ a: z.record(text, z.json()) })],
  ['a new optional field of an open object', z.object({}), z.object({ a: text.optional() })],
  ['a removed optional field of an open object', z.looseObject({ a: text.optional() }), z.looseObject({})],
]

for (const [name, released, now] of allowed) {
  test(`allowed: ${name}`, () => assert.deepEqual(changes(released, now), []))
}
