/** Which records, as the address says it; `from` and `to` are what a clock where the reader lives shows. */
export type AuditFilter = Partial<
  Record<'user_id' | 'type' | 'task_id' | 'correlation_id' | 'from' | 'to', string | undefined>
>
