import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TopicDefinition } from '../topics.ts'
import { releaseProblems } from './check-release.ts'
import { type EventSchema, eventSchemas } from './json-schemas.ts'

/** The schemas of every version that was ever released, one file each. */
const releasedFolder = join(import.meta.dirname, '../../released')

export const readReleased = (folder = releasedFolder): EventSchema[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as EventSchema)

/**
 * Writes the schemas of the current versions as <type>.<version>.json beside those of earlier releases and returns the
 * files. An existing file is overwritten only if nothing but its descriptions changed: with any problem nothing is
 * written.
 */
export const release = (
  catalogue: Record<string, TopicDefinition>,
  folder = releasedFolder,
): { problems: string[]; files: string[] } => {
  mkdirSync(folder, { recursive: true })
  const problems = releaseProblems(catalogue, readReleased(folder))
  if (problems.length > 0) return { problems, files: [] }
  const files = eventSchemas(catalogue).map((schema) => {
    const file = join(folder, `${schema.title}.${schema['x-version']}.json`)
    writeFileSync(file, `${JSON.stringify(schema, null, 2)}\n`)
    return file
  })
  return { problems, files }
}
