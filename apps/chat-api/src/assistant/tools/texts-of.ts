/** The texts among the fields of a task. */
export const textsOf = (fields: {
  title?: string | undefined
  description?: string | null | undefined
  category?: string | null | undefined
  tags?: string[] | undefined
}): string[] =>
  [fields.title, fields.description, fields.category, fields.tags].flat().filter((text) => !!text) as string[]
