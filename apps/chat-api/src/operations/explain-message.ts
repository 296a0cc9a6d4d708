import { cloudEvent, parseMessage, type Topic, topics, upcast } from '@taskflow/event-contracts'
import { distance } from 'fastest-levenshtein'
import type { z } from 'zod'
import { eventTypes, topicNames } from './event-topics.ts'

/** Where a message differs from what its topic carries today. */
export interface Explained {
  problems: { path: string; message: string }[]
  /** The type that was probably meant, when it is unknown. */
  nearest_type: string | null
}

const maxProblems = 50

/** Compares a message with the current schema of its type. Without problems it can be read: its handler failed. */
export const explainMessage = (topic: Topic, bytes: Uint8Array): Explained => {
  const message = parseMessage(topic, bytes)
  if (message.readable) return problems([])
  let json: unknown
  try {
    json = JSON.parse(Buffer.from(bytes).toString())
  } catch (error) {
    return problems([{ path: '', message: `is not JSON: ${(error as Error).message}` }])
  }
  const envelope = cloudEvent.safeParse(json)
  if (!envelope.success) return problems(issuesOf(envelope.error))
  const { type, data } = envelope.data
  const definition = topics[topic].events.find((each) => each.type === type)
  if (!definition) return unknownType(topic, type)
  const read = definition.data.safeParse(upcast(definition, data))
  if (!read.success) return problems(issuesOf(read.error, 'data'))
  // Such as the flat JSON of an earlier system.
  return problems([{ path: '', message: message.reason }])
}

const problems = (found: Explained['problems']): Explained => ({
  problems: found.slice(0, maxProblems),
  nearest_type: null,
})

const issuesOf = (error: z.ZodError, ...within: string[]): Explained['problems'] =>
  error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({
          path: [...within, ...issue.path, key].join('.'),
          message: 'is not a field of the schema',
        }))
      : [{ path: [...within, ...issue.path].join('.'), message: issue.message }],
  )

const unknownType = (topic: Topic, type: string): Explained => {
  const elsewhere = topicNames.filter((name) => topics[name].events.some((each) => each.type === type))
  if (elsewhere.length > 0) {
    return problems([{ path: 'type', message: `does not belong on ${topic}, but on ${elsewhere.join(', ')}` }])
  }
  const [nearest] = eventTypes
    // Only the beginning of a longer text is compared.
    .map((each) => ({ each, edits: distance(each, type.slice(0, 50)) }))
    .toSorted((a, b) => a.edits - b.edits)
  return {
    problems: [{ path: 'type', message: 'is not a type of event that is known' }],
    nearest_type: nearest && nearest.edits <= nearest.each.length / 3 ? nearest.each : null,
  }
}
