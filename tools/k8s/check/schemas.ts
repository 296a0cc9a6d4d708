/** A JSON Schema as Kubernetes publishes it: OpenAPI, with extensions. */
// biome-ignore lint/suspicious/noExplicitAny: schemas are walked, not known
export type Schema = Record<string, any>

/** File name under which kubeconform looks for a schema: `{{.ResourceKind}}{{.KindSuffix}}.json`. */
export const schemaFile = (apiVersion: string, kind: string): string => {
  const [group, version] = apiVersion.includes('/') ? (apiVersion.split('/') as [string, string]) : ['', apiVersion]
  return `${[kind.toLowerCase(), ...(group ? [group.split('.')[0]] : []), version].join('-')}.json`
}

/** Keys that JSON validators ignore. */
const dropped = /^(description|default|example|externalDocs|x-kubernetes-.*|x-dapr-.*)$/

/**
 * The schema for kubeconform: described objects allow no other fields, so that typos are found; `rewrite` changes
 * references.
 */
export const strict = (schema: Schema, rewrite: (ref: string) => string = (ref) => ref): Schema => {
  if (schema['x-kubernetes-int-or-string'] || schema.format === 'int-or-string') return { type: ['string', 'integer'] }
  const entries = Object.entries(schema).flatMap(([key, value]): [string, unknown][] => {
    if (dropped.test(key)) return []
    if (key === '$ref') return [[key, rewrite(value)]]
    if (key === 'properties') return [[key, mapValues(value, (each) => strict(each, rewrite))]]
    if (['items', 'additionalProperties', 'not'].includes(key) && typeof value === 'object') {
      return [[key, strict(value, rewrite)]]
    }
    // Alternatives describe parts of the same object, so they must allow other fields.
    return [[key, value]]
  })
  const known = schema.properties && !schema.additionalProperties && !schema['x-kubernetes-preserve-unknown-fields']
  return { ...Object.fromEntries(entries), ...(known ? { additionalProperties: false } : {}) }
}

/** The `definitions` that are reachable from `roots`, by name. */
export const reachable = (definitions: Record<string, Schema>, roots: string[]): Record<string, Schema> => {
  const found: Record<string, Schema> = {}
  const visit = (name: string): void => {
    if (found[name]) return
    const schema = definitions[name]
    if (!schema) throw new Error(`the definition ${name} does not exist`)
    found[name] = schema
    for (const ref of JSON.stringify(schema).matchAll(/"\$ref":"#\/definitions\/([^"]+)"/g)) visit(ref[1]!)
  }
  for (const root of roots) visit(root)
  return found
}

const mapValues = (object: Record<string, Schema>, change: (value: Schema) => Schema): Record<string, Schema> =>
  Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value)]))
