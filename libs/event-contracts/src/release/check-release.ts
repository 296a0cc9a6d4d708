import { upcast } from '../parse-event.ts'
import type { TopicDefinition } from '../topics.ts'
import { type Change, compareSchemas } from './compare-schemas.ts'
import { definitionsOf, type EventSchema, eventSchemas } from './json-schemas.ts'

/**
 * The reasons why the catalogue cannot be released, one sentence each, given the schemas of all releases so far: a
 * version whose schema changed in a way that matters, or a published event that could no longer be read.
 */
export const releaseProblems = (catalogue: Record<string, TopicDefinition>, released: EventSchema[]): string[] => {
  const generated = new Map(eventSchemas(catalogue).map((schema) => [schema.$id, schema]))
  return released.flatMap((old) => {
    const now = generated.get(old.$id)
    const changes = now ? compareSchemas(old, now) : []
    if (changes.length > 0) return changes.map((change) => explain(old, change))
    return [...unreadable(catalogue, old), ...missingOnTopics(catalogue, old)]
  })
}

const explain = ({ title, 'x-version': version }: EventSchema, { path, what, breaks }: Change): string => {
  const effect = {
    'stored events': 'stored events of that version could not be read',
    'older consumers': 'consumers one release behind could not read new events',
    both: 'neither could stored events be read, nor new events by consumers one release behind',
  }[breaks]
  return (
    `${title} ${version} at ${path}: ${what}; ${effect}. ` +
    `Undo this, or give defineEvent('${title}', ...) the next version and an upcaster from '${version}'.`
  )
}

/** Whether data of a released version can still be brought to the current version. */
const unreadable = (catalogue: Record<string, TopicDefinition>, old: EventSchema): string[] => {
  const { title: type, 'x-version': version } = old
  const definition = definitionsOf(catalogue).get(type)
  if (!definition) return [`${type} ${version} was released and is gone: put it back, events of it may be in Kafka.`]
  return old.examples.flatMap((example, index): string[] => {
    const which = `the ${index === 0 ? 'fullest' : 'barest'} sample of ${type} ${version}`
    const fix = `Fix the upcasters of defineEvent('${type}', ...).`
    try {
      const data = upcast(definition, structuredClone(example))
      const reached = (data as { schema_version?: unknown }).schema_version
      if (reached !== definition.version) {
        return [
          `${type} ${version} has no way to ${definition.version}: there is no upcaster from '${reached}'. ` +
            `Give defineEvent('${type}', ...) one.`,
        ]
      }
      const { error } = definition.data.safeParse(data)
      if (!error) return []
      const problems = error.issues.map(({ path, message }) => `${['$', ...path].join('.')}: ${message}`).join('; ')
      return [`${which} does not become ${definition.version}: ${problems}. ${fix}`]
    } catch (failure) {
      return [`${which} cannot be upcast: ${(failure as Error).message}. ${fix}`]
    }
  })
}

const missingOnTopics = (catalogue: Record<string, TopicDefinition>, old: EventSchema): string[] =>
  old['x-topics']
    .filter((topic) => !catalogue[topic]?.events.some(({ type }) => type === old.title))
    .map(
      (topic) =>
        `${old.title} ${old['x-version']} was released on ${topic} and is gone from there: ` +
        'put it back, events of it may be in Kafka.',
    )
