import { branchesOf, resolve } from './branches.ts'
import type { JsonSchema } from './json-schema.ts'

/** A difference that matters: where (a JSON path into the data), what, and which readers it breaks. */
export interface Change {
  path: string
  what: string
  breaks: 'stored events' | 'older consumers' | 'both'
}

/**
 * Compares the schema of a released version with what the code says of it now. No change means: every stored event of
 * that version is still read (what was accepted still is), and a consumer that is one release behind reads what is
 * published now (nothing else is accepted than was). Texts for people, the order of alternatives and the use of $ref do
 * not count. In an object that accepts unknown fields, one may come or go if it is optional.
 *
 * Written for the part of JSON Schema that zod emits; an unknown keyword is reported as a change.
 */
export const compareSchemas = (released: JsonSchema, generated: JsonSchema): Change[] => {
  /** `above` are the pairs being compared further up: a recursive schema is equal if nothing on the way differs. */
  const compare = (before: JsonSchema, after: JsonSchema, path: string, above: Pair[]): Change[] => {
    if (above.some(([a, b]) => a === before && b === after)) return []
    const pairs: Pair[] = [...above, [before, after]]
    const beside = [...besideAlternatives(before), ...besideAlternatives(after)]
    if (beside.length > 0) return [unknownChange(beside, path)]
    const olds = branchesOf(before, released)
    const news = branchesOf(after, generated)
    const same = (a: JsonSchema, b: JsonSchema) => compareBranch(a, b, path, pairs).length === 0
    const gone = olds.filter((a) => !news.some((b) => same(a, b)))
    const come = news.filter((b) => !olds.some((a) => same(a, b)))
    const changes: Change[] = []
    for (const old of gone) {
      // Compared with the one new alternative of the same kind; if there is none or several, it counts as gone.
      const [successor, ...more] = come.filter((b) => kindOf(b) === kindOf(old))
      const only = gone.length === 1 && come.length === 1 ? come[0] : more.length === 0 ? successor : undefined
      if (only) {
        come.splice(come.indexOf(only), 1)
        changes.push(...compareBranch(old, only, path, pairs))
      } else changes.push({ path, what: `${nameOf(old)} is no longer allowed`, breaks: 'stored events' })
    }
    const added = come.map((each) => ({
      path,
      what: `${nameOf(each)} is now allowed`,
      breaks: 'older consumers' as const,
    }))
    return [...changes, ...defaultChange(resolve(before, released), resolve(after, generated), path), ...added]
  }

  const compareBranch = (before: JsonSchema, after: JsonSchema, path: string, above: Pair[]): Change[] => {
    const unknown = [before, after].flatMap((each) => Object.keys(each).filter((keyword) => !known.has(keyword)))
    if (unknown.length > 0) return [unknownChange(unknown, path)]
    if (before.type !== after.type) return [typeChange(before, after, path)]
    return [
      ...enumChanges(before, after, path),
      ...[...lowerBounds, ...upperBounds].flatMap((keyword) => boundChange(keyword, before, after, path)),
      ...['pattern', 'format', 'multipleOf'].flatMap((keyword) => textChange(keyword, before, after, path)),
      ...compareProperties(before, after, path, above),
      ...compareRest('additionalProperties', before, after, `${path}.*`, above),
      ...compareRest('propertyNames', before, after, `${path} (names)`, above),
      ...compareTuple(before, after, path, above),
      ...compareRest('items', before, after, `${path}[*]`, above),
    ]
  }

  const compareProperties = (before: JsonSchema, after: JsonSchema, path: string, above: Pair[]): Change[] => {
    const [olds, news] = [before, after].map((each) => (each.properties ?? {}) as Record<string, JsonSchema>)
    const isRequired = (schema: JsonSchema, name: string) => ((schema.required as string[]) ?? []).includes(name)
    return [...new Set([...Object.keys(olds!), ...Object.keys(news!)])].flatMap((name): Change[] => {
      const [old, now] = [olds![name], news![name]]
      const [was, is] = [isRequired(before, name), isRequired(after, name)]
      const at = `${path}.${name}`
      if (!now) {
        const stored = after.additionalProperties === false
        if (!stored && !was) return []
        return [
          { path: at, what: 'the field is gone', breaks: !stored ? 'older consumers' : was ? 'both' : 'stored events' },
        ]
      }
      if (!old) {
        const consumers = before.additionalProperties === false
        if (!consumers && !is) return []
        const what = `the field is new${is ? ' and required' : ''}`
        return [{ path: at, what, breaks: !consumers ? 'stored events' : is ? 'both' : 'older consumers' }]
      }
      const changes = compare(old, now, at, above)
      if (was && !is) changes.unshift({ path: at, what: 'the field is no longer required', breaks: 'older consumers' })
      if (!was && is) changes.unshift({ path: at, what: 'the field is now required', breaks: 'stored events' })
      return changes
    })
  }

  /** What applies to everything not named: a schema, everything (absent, true, {}) or nothing (false). */
  const compareRest = (
    keyword: string,
    before: JsonSchema,
    after: JsonSchema,
    path: string,
    above: Pair[],
  ): Change[] => {
    const [old, now] = [restOf(before[keyword]), restOf(after[keyword])]
    if (typeof old === 'object' && typeof now === 'object') return compare(old, now, path, above)
    if (old === now) return []
    if (now === 'anything' || old === 'nothing')
      return [{ path, what: 'more than before is allowed', breaks: 'older consumers' }]
    return [{ path, what: 'less than before is allowed', breaks: 'stored events' }]
  }

  const compareTuple = (before: JsonSchema, after: JsonSchema, path: string, above: Pair[]): Change[] => {
    const [olds, news] = [before, after].map((each) => (each.prefixItems ?? []) as JsonSchema[])
    if (olds!.length !== news!.length)
      return [{ path, what: `${olds!.length} places have become ${news!.length}`, breaks: 'both' }]
    return olds!.flatMap((old, index) => compare(old, news![index]!, `${path}[${index}]`, above))
  }

  return compare(released, generated, '$', [])
}

type Pair = [JsonSchema, JsonSchema]

const lowerBounds = ['minimum', 'exclusiveMinimum', 'minLength', 'minItems']
const upperBounds = ['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems']
/** For people and tools; says nothing about which data are valid. */
const annotations = [
  '$schema',
  '$id',
  '$defs',
  'title',
  'description',
  'examples',
  'deprecated',
  'x-version',
  'x-topics',
]
const known = new Set([
  ...annotations,
  ...lowerBounds,
  ...upperBounds,
  'type',
  'enum',
  'pattern',
  'format',
  'multipleOf',
  'default',
  'properties',
  'required',
  'additionalProperties',
  'propertyNames',
  'prefixItems',
  'items',
])

const show = (value: unknown): string => JSON.stringify(value) ?? 'none'
const kindOf = ({ type }: JsonSchema): unknown => (type === 'integer' ? 'number' : type)
const nameOf = (schema: JsonSchema): string =>
  schema.enum ? (schema.enum as unknown[]).map(show).join(', ') : `${schema.type ?? 'anything'}`

/** Keywords beside anyOf or $ref that would narrow the alternatives; zod writes none. */
const besideAlternatives = (schema: JsonSchema): string[] =>
  '$ref' in schema || 'anyOf' in schema
    ? Object.keys(schema).filter((keyword) => !['$ref', 'anyOf', 'default', ...annotations].includes(keyword))
    : []

const unknownChange = (keywords: string[], path: string): Change => {
  const what = `"${[...new Set(keywords)].join('", "')}" is not known to the comparison of schemas`
  return { path, what, breaks: 'both' }
}

const typeChange = (before: JsonSchema, after: JsonSchema, path: string): Change => {
  const what = `${nameOf(before)} has become ${nameOf(after)}`
  if (after.type === undefined || (before.type === 'integer' && after.type === 'number'))
    return { path, what, breaks: 'older consumers' }
  if (before.type === undefined || (before.type === 'number' && after.type === 'integer'))
    return { path, what, breaks: 'stored events' }
  return { path, what, breaks: 'both' }
}

const enumChanges = (before: JsonSchema, after: JsonSchema, path: string): Change[] => {
  const [olds, news] = [before, after].map((each) => (each.enum as unknown[] | undefined)?.map(show))
  if (!olds && !news) return []
  if (!olds) return [{ path, what: `only ${news!.join(', ')} is allowed now`, breaks: 'stored events' }]
  if (!news) return [{ path, what: `more than ${olds.join(', ')} is allowed now`, breaks: 'older consumers' }]
  const gone = olds.filter((each) => !news.includes(each))
  const come = news.filter((each) => !olds.includes(each))
  return [
    ...(gone.length > 0
      ? [{ path, what: `${gone.join(', ')} is no longer allowed`, breaks: 'stored events' as const }]
      : []),
    ...(come.length > 0
      ? [{ path, what: `${come.join(', ')} is now allowed`, breaks: 'older consumers' as const }]
      : []),
  ]
}

const boundChange = (keyword: string, before: JsonSchema, after: JsonSchema, path: string): Change[] => {
  const [old, now] = [before[keyword] as number | undefined, after[keyword] as number | undefined]
  if (old === now) return []
  const tighter = now !== undefined && (old === undefined || (lowerBounds.includes(keyword) ? now > old : now < old))
  const what = `${keyword} has become ${show(now)}, was ${show(old)}`
  return [{ path, what, breaks: tighter ? 'stored events' : 'older consumers' }]
}

const textChange = (keyword: string, before: JsonSchema, after: JsonSchema, path: string): Change[] => {
  const [old, now] = [before[keyword], after[keyword]]
  if (old === now) return []
  const what = `${keyword} has become ${show(now)}, was ${show(old)}`
  return [{ path, what, breaks: old === undefined ? 'stored events' : now === undefined ? 'older consumers' : 'both' }]
}

/** A default is filled in when an event is read: another one gives stored events another meaning. */
const defaultChange = (before: JsonSchema, after: JsonSchema, path: string): Change[] => {
  const [old, now] = [show(before.default), show(after.default)]
  return old === now ? [] : [{ path, what: `the default has become ${now}, was ${old}`, breaks: 'both' }]
}

const restOf = (rest: unknown): 'anything' | 'nothing' | JsonSchema => {
  if (rest === false) return 'nothing'
  if (rest === undefined || rest === true || Object.keys(rest as object).length === 0) return 'anything'
  return rest as JsonSchema
}
