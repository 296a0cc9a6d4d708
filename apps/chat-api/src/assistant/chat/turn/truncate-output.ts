/** Limits of [characters in a text, items in a list] that are tried in this order. */
const limits = [
  [2_000, 100],
  [500, 50],
  [200, 20],
  [100, 5],
  [50, 1],
] as const

/** A tool's output whose JSON is at most `maxLength` characters: longer texts and lists are cut, and `cut` says so. */
export const truncateOutput = (output: Record<string, unknown>, maxLength: number): Record<string, unknown> => {
  const length = JSON.stringify(output).length
  if (length <= maxLength) return output
  const cut = `too long to be shown whole (${length} characters): texts or lists are cut; ask for less, or page by page`
  for (const [texts, items] of limits) {
    const shorter = { ...(shorten(output, texts, items) as Record<string, unknown>), cut }
    if (JSON.stringify(shorter).length <= maxLength) return shorter
  }
  return { cut }
}

const shorten = (value: unknown, texts: number, items: number): unknown => {
  if (typeof value === 'string') return value.length > texts ? `${value.slice(0, texts)}…` : value
  if (Array.isArray(value)) return value.slice(0, items).map((each) => shorten(each, texts, items))
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    // A cut cursor would be invalid.
    Object.entries(value).map(([key, each]) => [key, key === 'next_cursor' ? each : shorten(each, texts, items)]),
  )
}
