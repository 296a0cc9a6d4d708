import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { EventSchema } from './release/json-schemas.ts'

const library = join(import.meta.dirname, '..')
const read = (file: string) => JSON.parse(readFileSync(join(library, file), 'utf8'))

/** The AsyncAPI 3.0 document of all topics and events, as `npm run docs:asyncapi` wrote it. */
export const asyncApi = (): object => read('asyncapi.json')

/** The JSON Schema of the data of every version of every event, by `<type>.<version>`. */
export const releasedSchemas = (): Map<string, EventSchema> =>
  new Map(
    readdirSync(join(library, 'released')).map((file) => [file.replace(/\.json$/, ''), read(join('released', file))]),
  )
