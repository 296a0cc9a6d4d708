/** Which events, as the address and the interface say it. */
export type EventFilter = Partial<
  Record<'topic' | 'type' | 'user_id' | 'subject' | 'correlation_id', string | undefined>
>

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** An id that is only being typed is not asked for yet. */
export const isWhole = ({ user_id, subject }: EventFilter): boolean =>
  [user_id, subject].every((id) => id === undefined || uuid.test(id))
