/** The filter of the events, as it is in the address. */
export type EventFilter = Partial<
  Record<'topic' | 'type' | 'user_id' | 'subject' | 'correlation_id', string | undefined>
>

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Whether the ids are complete; one that is still being typed is not searched for. */
export const isWhole = ({ user_id, subject }: EventFilter): boolean =>
  [user_id, subject].every((id) => id === undefined || uuid.test(id))
