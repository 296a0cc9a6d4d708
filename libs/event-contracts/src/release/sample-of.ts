import { branchesOf, resolve } from './branches.ts'
import type { JsonSchema } from './json-schema.ts'

/** Text for the formats of our schemas; another one is given by `.meta({ examples: [...] })`. */
const texts: Record<string, string> = {
  uuid: '00000000-0000-4000-8000-000000000001',
  'date-time': '2026-01-01T00:00:00Z',
  date: '2026-01-01',
}

/**
 * A value that a schema accepts: the fullest one (every property, one item, no null) or the barest (what is required,
 * empty, null). Always the same for the same schema.
 */
export const sampleOf = (root: JsonSchema, extent: 'fullest' | 'barest'): unknown => {
  const full = extent === 'fullest'
  const sample = (schema: JsonSchema): unknown => {
    const resolved = resolve(schema, root)
    if (Array.isArray(resolved.examples)) return resolved.examples.at(full ? 0 : -1)
    const branches = branchesOf(resolved, root)
    const isNull = (branch: JsonSchema) => branch.type === 'null'
    const branch = (full ? branches.find((each) => !isNull(each)) : branches.find(isNull)) ?? branches[0]!
    if (Array.isArray(branch.enum)) return branch.enum.at(full ? 0 : -1)
    if (branch.type === 'object') return object(branch)
    if (branch.type === 'array') return array(branch)
    if (branch.type === 'integer' || branch.type === 'number') return number(branch)
    if (branch.type === 'boolean') return full
    if (branch.type === 'null') return null
    if (branch.type === 'string') return text(branch)
    throw new Error(`no sample can be made of ${JSON.stringify(branch)}: give one by .meta({ examples: [...] })`)
  }

  const object = ({ properties = {}, required = [], additionalProperties }: JsonSchema) => {
    const names = full ? Object.keys(properties as object) : (required as string[])
    const entries = names.map((name) => [name, sample((properties as Record<string, JsonSchema>)[name]!)])
    const isRecord = typeof additionalProperties === 'object' && Object.keys(properties as object).length === 0
    if (full && isRecord) entries.push(['name', sample(additionalProperties as JsonSchema)])
    return Object.fromEntries(entries)
  }

  const array = ({ prefixItems, items, minItems = 0 }: JsonSchema) => {
    if (Array.isArray(prefixItems)) return prefixItems.map(sample)
    const count = Math.max(minItems as number, full ? 1 : 0)
    return Array.from({ length: count }, () => sample((items ?? { type: 'null' }) as JsonSchema))
  }

  const number = ({ minimum = Number.NEGATIVE_INFINITY, maximum = Number.POSITIVE_INFINITY }: JsonSchema) =>
    Math.min(Math.max(full ? 1 : 0, minimum as number), maximum as number)

  const text = ({ format, pattern, minLength = 0 }: JsonSchema) => {
    const known = texts[format as string]
    if (known === undefined && pattern !== undefined) {
      throw new Error(`no sample can be made of text like ${pattern}: give one by .meta({ examples: [...] })`)
    }
    return known ?? (full ? 'text' : '').padEnd(minLength as number, 'x')
  }

  return sample(root)
}
