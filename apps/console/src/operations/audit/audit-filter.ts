/** The filter of the records, as it is in the address; `from` and `to` are local times of the reader. */
export type AuditFilter = Partial<
  Record<'user_id' | 'type' | 'task_id' | 'correlation_id' | 'from' | 'to', string | undefined>
>
