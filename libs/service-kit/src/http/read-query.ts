import { type ParsedUrlQuery, parse } from 'node:querystring'
import { invalid } from './problem.ts'

/** More parameters than any endpoint has use for; node would leave out what is above a thousand without a word. */
const most = 100

/** Reads a query; a parameter that comes repeatedly is a list. Problem 422 for too many. */
export const readQuery = (text: string): ParsedUrlQuery => {
  const query = parse(text, '&', '=', { maxKeys: most + 1 })
  const count = Object.values(query).flat().length
  if (count > most) throw invalid('query', `has more than ${most} parameters; send fewer`)
  return query
}
