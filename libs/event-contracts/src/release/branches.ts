import type { JsonSchema } from './json-schema.ts'

/** Follows `$ref` within the document `root`; what stands beside it (a description, a default) is kept. */
export const resolve = (schema: JsonSchema, root: JsonSchema): JsonSchema => {
  const { $ref, ...beside } = schema
  if (typeof $ref !== 'string') return schema
  let target: unknown = root
  for (const name of $ref.split('/').slice(1)) target = (target as JsonSchema | undefined)?.[name]
  if (target === undefined) throw new Error(`nothing is at ${$ref}`)
  const resolved = resolve(target as JsonSchema, root)
  return Object.keys(beside).length > 0 ? { ...resolved, ...beside } : resolved
}

/**
 * The alternatives of a schema, of which a value fits at least one: zod writes "text or null" as a list of types or as
 * anyOf, and one value as const or as enum; here they are the same.
 */
export const branchesOf = (schema: JsonSchema, root: JsonSchema): JsonSchema[] => {
  const { const: only, ...resolved } = resolve(schema, root)
  if (only !== undefined) resolved.enum = [only]
  if (Array.isArray(resolved.anyOf)) return resolved.anyOf.flatMap((each) => branchesOf(each as JsonSchema, root))
  if (!Array.isArray(resolved.type)) return [resolved]
  return resolved.type.map((type) => (type === 'null' ? { type } : { ...resolved, type }))
}
