/** A JSON Schema, as far as zod writes it. */
export interface JsonSchema {
  [keyword: string]: unknown
}
