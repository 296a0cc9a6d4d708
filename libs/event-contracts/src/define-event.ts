import { z } from 'zod'

/** One type of event, in its newest version; older versions reach it through upcasters. */
export interface EventDefinition<Type extends string = string, Payload extends z.ZodObject = z.ZodObject> {
  type: Type
  version: string
  /** From the data of an older version to that of the next; keyed by the older version. */
  upcasters: Upcasters
  /** Schema of the CloudEvent's `data`: schema_version, user_id and the payload. */
  data: z.ZodType<EventData<Payload>>
}

/** Each turns an older version's data into that of the next version, schema_version included. */
export type Upcasters = Readonly<Record<string, (data: Record<string, unknown>) => Record<string, unknown>>>

export type EventData<Payload extends z.ZodObject> = {
  schema_version: string
  user_id: string | null
} & z.infer<Payload>

/** The data of an event, given its definition. */
export type DataOf<Definition> = Definition extends { data: z.ZodType<infer Data> } ? Data : never

/** The payload of an event: its data without what every event has. */
export type PayloadOf<Definition> = Omit<DataOf<Definition>, 'schema_version' | 'user_id'>

/** Defines an event. `payload` describes what `data` holds besides schema_version and user_id. */
export const defineEvent = <const Type extends string, Payload extends z.ZodObject>(
  type: Type,
  version: string,
  payload: Payload,
  upcasters: Upcasters = {},
): EventDefinition<Type, Payload> => ({
  type,
  version,
  upcasters,
  data: z.strictObject({
    schema_version: z.literal(version),
    user_id: z.uuid().nullable(),
    ...payload.shape,
  }) as unknown as z.ZodType<EventData<Payload>>,
})
