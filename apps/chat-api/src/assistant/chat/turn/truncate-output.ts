/** Lengths of texts and lists that are tried, from the longest. */
const sizes = [
  [2_000, 100],
  [500, 50],
  [200, 20],
  [100, 5],
  [50, 1],
] as const

/** What a tool answers, as JSON that is no longer than this: longer texts and lists are cut, and it says so. */
export const fitOutput = (output: Record<string, unknown>, most: number): Record<string, unknown> => {
  const length = JSON.stringify(output).length
  if (length <= most) return output
  const cut = `too long to be shown whole (${length} characters): texts or lists are cut; ask for less, or page by page`
  for (const [texts, items] of sizes) {
    const shorter = { ...(shorten(output, texts, items) as Record<string, unknown>), cut }
    if (JSON.stringify(shorter).length <= most) return shorter
  }
  return { cut }
}

const shorten = (value: unknown, texts: number, items: number): unknown => {
  if (typeof value === 'string') return value.length > texts ? `${value.slice(0, texts)}…` : value
  if (Array.isArray(value)) return value.slice(0, items).map((each) => shorten(each, texts, items))
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    // Half a cursor leads nowhere.
    Object.entries(value).map(([key, each]) => [key, key === 'next_cursor' ? each : shorten(each, texts, items)]),
  )
}
