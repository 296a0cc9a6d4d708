export interface Page<Item> {
  data: Item[]
  /** Leads to the next page; null on the last. */
  next_cursor: string | null
}

/** A page of at most `limit` rows, from a query for one more. */
export const toPage = <Item>(rows: Item[], limit: number, cursorAfter: (last: Item) => string): Page<Item> => {
  const data = rows.slice(0, limit)
  return { data, next_cursor: rows.length > limit ? cursorAfter(data.at(-1)!) : null }
}
