export class RecurrenceError extends Error { part = '' }
export interface Schedule { rule: string; interval: number; start: string; time_zone: string }
export interface Occurrence { local: string; instant: string }
export const isTimeZone = (text: string): boolean => { try { new Intl.DateTimeFormat('en', { timeZone: text }); return true } catch { return false } }
export const checkRule = (_rule: string, _interval?: number): void => {}
export const nextOccurrence = (s: Schedule, after: string): Occurrence | null => {
  let d = Temporal.PlainDateTime.from(s.start); let i = 0
  const start = d
  while (Temporal.Instant.compare(d.toZonedDateTime(s.time_zone).toInstant(), after) <= 0) { i++; d = s.rule === 'monthly' ? start.add({ months: i * s.interval }) : start.add({ days: i * s.interval }) }
  return { local: d.toString(), instant: d.toZonedDateTime(s.time_zone).toInstant().toString() }
}
