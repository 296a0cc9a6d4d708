import { type ParsedUrlQuery, parse } from 'node:querystring'
import { invalid } from './problem.ts'

/** More than any endpoint needs; node would silently drop parameters above a thousand. */
const maxParameters = 100

/** Parses a query; a repeated parameter is a list. Problem 422 for too many. */
export const readQuery = (text: string): ParsedUrlQuery => {
  const query = parse(text, '&', '=', { maxKeys: maxParameters + 1 })
  const count = Object.values(query).flat().length
  if (count > maxParameters) throw invalid('query', `has more than ${maxParameters} parameters; send fewer`)
  return query
}
