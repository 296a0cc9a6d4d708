/** A JSON Schema, as far as zod writes it. */
export type JsonSchema = { [keyword: string]: unknown }
