import { z } from 'zod'
import { type CloudEvent, cloudEvent } from './cloud-event.ts'
import { type Topic, topics } from './topics.ts'

/** A message of a topic, understood or not. */
export type ParsedMessage =
  | { readable: true; event: CloudEvent<{ user_id: string | null }> }
  | { readable: false; reason: string; id: string | null; type: string | null }

/** Reads the bytes of a message: a CloudEvent of a type that belongs on the topic, or the reason why not. */
export const parseMessage = (topic: Topic, bytes: Uint8Array): ParsedMessage => {
  let json: unknown
  try {
    json = JSON.parse(utf8.decode(bytes))
  } catch {
    return unreadable('not JSON', null)
  }
  const envelope = cloudEvent.safeParse(json)
  if (!envelope.success) return unreadable(`not a CloudEvent: ${problems(envelope.error)}`, json)
  const definition = topics[topic].events.find((each) => each.type === envelope.data.type)
  if (!definition) return unreadable(`unknown type "${envelope.data.type}" on topic ${topic}`, json)
  const data = definition.data.safeParse(envelope.data.data)
  if (!data.success)
    return unreadable(`data is not ${definition.type} ${definition.version}: ${problems(data.error)}`, json)
  return { readable: true, event: { ...envelope.data, data: data.data } as CloudEvent<{ user_id: string | null }> }
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

const unreadable = (reason: string, json: unknown): ParsedMessage => {
  const attributes = z
    .looseObject({ id: z.string().min(1).max(200), type: z.string() })
    .partial()
    .safeParse(json)
  return {
    readable: false,
    reason,
    id: attributes.data?.id ?? null,
    type: attributes.data?.type ?? null,
  }
}

const problems = (error: z.ZodError): string =>
  error.issues
    .slice(0, 5)
    .map((issue) => `${issue.path.join('.') || 'event'}: ${issue.message}`)
    .join('; ')
