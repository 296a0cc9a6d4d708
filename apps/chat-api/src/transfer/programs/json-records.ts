export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The objects of a list, each with its place. */
export const recordsIn = (
  list: unknown,
  place: string,
): (readonly [place: string, record: Record<string, unknown>])[] =>
  Array.isArray(list)
    ? list.flatMap((each, index) => (isRecord(each) ? [[`${place}.${index}`, each] as const] : []))
    : []
