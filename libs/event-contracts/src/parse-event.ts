import { z } from 'zod'
import { type CloudEvent, cloudEvent } from './cloud-event.ts'
import type { EventDefinition } from './define-event.ts'
import { type Upcast, upcastLegacy } from './legacy/upcast-legacy.ts'
import { type Topic, topics } from './topics.ts'

/** A message of a topic, readable or not. */
export type ParsedMessage =
  | { readable: true; event: CloudEvent<{ user_id: string | null }> }
  | {
      readable: false
      reason: string
      id: string | null
      type: string | null
      /** As its data says; a deleted account takes its unreadable messages along. */
      user_id: string | null
      /** Its type or its schema version is of a newer release, which can read it. */
      isNewer: boolean
    }

/**
 * Reads the bytes of a message: a CloudEvent of a type that belongs on the topic, of whatever version was ever
 * published, or plain JSON of an earlier system, wrapped by Dapr or bare. Otherwise returns the reason. The id of an
 * event that has none is the empty string. Of a newer minor version it returns the fields that are known here.
 */
export const parseMessage = (topic: Topic, bytes: Uint8Array): ParsedMessage => {
  let json: unknown
  try {
    json = JSON.parse(utf8.decode(bytes))
  } catch {
    return unreadable('not JSON', null)
  }
  const envelope = cloudEvent.safeParse(json)
  const legacy = upcastLegacy(envelope.success && envelope.data.type === wrappedByDapr ? envelope.data.data : json)
  if (legacy) return fromLegacy(topic, legacy, json)
  if (!envelope.success) return unreadable(`not a CloudEvent: ${problems(envelope.error)}`, json)
  const definition = definitionOn(topic, envelope.data.type)
  if (!definition)
    return unreadable(`unknown type "${envelope.data.type}" on topic ${topic}`, json, isOfNewerRelease(envelope.data))
  const newer = newerVersion(definition, envelope.data.data)
  if (newer) {
    const known = newer.isMinor ? knownPartOf(definition, envelope.data.data) : undefined
    if (known) return { readable: true, event: { ...envelope.data, data: known } as Readable }
    return unreadable(
      `${definition.type} ${newer.version} is newer than ${definition.version}, which is known here`,
      json,
      true,
    )
  }
  const data = definition.data.safeParse(upcast(definition, envelope.data.data))
  if (!data.success)
    return unreadable(`data is not ${definition.type} ${definition.version}: ${problems(data.error)}`, json)
  return { readable: true, event: { ...envelope.data, data: data.data } as Readable }
}

type Readable = CloudEvent<{ user_id: string | null }>

/**
 * Whether an event has fields that are not known here, because it was published in a newer minor version: a consumer
 * that must not lose any refuses it, and a newer replica handles it.
 */
export const isReadInPart = ({ type, dataschema, data }: CloudEvent): boolean => {
  const schemaOfType = `urn:taskflow:schema:${type}:`
  if (!dataschema?.startsWith(schemaOfType)) return false
  const { schema_version: version } = data as { schema_version: string }
  return newerVersion({ version }, { schema_version: dataschema.slice(schemaOfType.length) })?.isMinor === true
}

/** A type that a newer release of TaskFlow may have brought. */
const isOfNewerRelease = ({ source, type }: { source: string; type: string }): boolean =>
  source.startsWith('/taskflow/') && /^[a-z_]{1,50}\.[a-z_]{1,50}$/.test(type)

/** Data of a newer minor version without the fields that are not known here; undefined if more than that is new. */
const knownPartOf = ({ data: schema, version }: EventDefinition, data: unknown): object | undefined => {
  const rest = { ...(data as object), schema_version: version }
  const { error } = schema.safeParse(rest)
  for (const issue of error?.issues ?? []) {
    if (issue.code !== 'unrecognized_keys') return undefined
    const holder = issue.path.reduce<unknown>((within, key) => (within as Record<PropertyKey, unknown>)[key], rest)
    for (const key of issue.keys) delete (holder as Record<string, unknown>)[key]
  }
  return schema.safeParse(rest).data
}

/** What Dapr calls an event that was published as plain JSON. */
const wrappedByDapr = 'com.dapr.event.sent'

const definitionOn = (topic: Topic, type: string): EventDefinition | undefined =>
  topics[topic].events.find((each) => each.type === type)

/** Upcasts data step by step to the newest version; stops where an upcaster is missing. */
export const upcast = ({ upcasters }: EventDefinition, data: unknown): unknown => {
  let current = data
  for (let steps = 0; steps < 100; steps++) {
    const version = (current as { schema_version?: unknown } | null)?.schema_version
    const step = typeof version === 'string' && Object.hasOwn(upcasters, version) ? upcasters[version] : undefined
    if (!step) break
    current = step(current as Record<string, unknown>)
  }
  return current
}

const versionPattern = /^(\d{1,6})\.(\d{1,6})$/

/**
 * The data's version if it is newer than the definition's, by at most one major version: no release is further ahead.
 */
const newerVersion = (
  { version }: Pick<EventDefinition, 'version'>,
  data: unknown,
): { version: string; isMinor: boolean } | undefined => {
  const { schema_version } = (data ?? {}) as { schema_version?: unknown }
  const [, major, minor] = versionPattern.exec(String(schema_version)) ?? []
  const [, knownMajor, knownMinor] = versionPattern.exec(version) ?? []
  const majors = Number(major) - Number(knownMajor)
  const isNewer = majors === 1 || (majors === 0 && Number(minor) > Number(knownMinor))
  return isNewer ? { version: `${major}.${minor}`, isMinor: majors === 0 } : undefined
}

const fromLegacy = (topic: Topic, legacy: Upcast, json: unknown): ParsedMessage => {
  const definition = definitionOn(topic, legacy.type)
  if (!definition) return unreadable(`an event of an earlier system, ${legacy.type}, on topic ${topic}`, json)
  const data = definition.data.safeParse({
    schema_version: definition.version,
    user_id: legacy.user_id,
    ...legacy.payload,
  })
  if (!data.success)
    return unreadable(`an event of an earlier system that cannot be read: ${problems(data.error)}`, json)
  const { id, type, subject, time } = legacy
  const event = {
    specversion: '1.0',
    id: id ?? '',
    type,
    source: '/taskflow/legacy',
    subject,
    time,
    partitionkey: subject,
    data: data.data,
  }
  return { readable: true, event: event as unknown as CloudEvent<{ user_id: string | null }> }
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

const unreadable = (reason: string, json: unknown, isNewer = false): ParsedMessage => {
  const attributes = z
    .looseObject({ id: z.string().min(1).max(200), type: z.string() })
    .partial()
    .safeParse(json)
  const person = z.looseObject({ data: z.looseObject({ user_id: z.uuid() }) }).safeParse(json)
  return {
    readable: false,
    reason,
    id: attributes.data?.id ?? null,
    type: attributes.data?.type ?? null,
    user_id: person.data?.data.user_id ?? null,
    isNewer,
  }
}

const problems = (error: z.ZodError): string =>
  error.issues
    .slice(0, 5)
    .map((issue) => `${issue.path.join('.') || 'event'}: ${issue.message}`)
    .join('; ')
