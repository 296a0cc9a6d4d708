/** Times of day on a person's own clock. DST skips some of them and repeats others. */

/**
 * The first instant of a day at which the clock shows `time` or later: the end of the gap when the clock jumps over it,
 * the first of two when it is set back.
 */
export const firstInstantAt = (day: Temporal.PlainDate, time: string, time_zone: string): Temporal.Instant => {
  const plainTime = Temporal.PlainTime.from(time)
  const found = day.toZonedDateTime({ timeZone: time_zone, plainTime })
  if (found.toPlainDate().equals(day) && found.toPlainTime().equals(plainTime)) return found.toInstant()
  return found.getTimeZoneTransition('previous')?.toInstant() ?? found.toInstant()
}

/** The end of the quiet hours that apply at `now`; undefined when none do. */
export const quietUntil = (
  quiet: { start: string; end: string } | null,
  time_zone: string,
  now: Temporal.Instant,
): Temporal.Instant | undefined => {
  if (quiet === null) return undefined
  const local = now.toZonedDateTimeISO(time_zone)
  const time = local.toPlainTime()
  const [start, end] = [Temporal.PlainTime.from(quiet.start), Temporal.PlainTime.from(quiet.end)]
  const overMidnight = Temporal.PlainTime.compare(start, end) > 0
  const begun = Temporal.PlainTime.compare(time, start) >= 0
  const over = Temporal.PlainTime.compare(time, end) >= 0
  if (overMidnight ? !begun && over : !begun || over) return undefined
  const today = local.toPlainDate()
  const day = overMidnight && begun ? today.add({ days: 1 }) : today
  const first = firstInstantAt(day, quiet.end, time_zone)
  if (Temporal.Instant.compare(first, now) > 0) return first
  // The clock was set back over the end, which therefore comes twice.
  const second = day.toPlainDateTime(end).toZonedDateTime(time_zone, { disambiguation: 'later' }).toInstant()
  return Temporal.Instant.compare(second, now) > 0 ? second : undefined
}

/** The next daily digest, not before now: its local date and its instant. */
export const nextDigest = (
  time: string,
  time_zone: string,
  now: Temporal.Instant,
): { date: string; at: Temporal.Instant } => {
  const today = now.toZonedDateTimeISO(time_zone).toPlainDate()
  const at = firstInstantAt(today, time, time_zone)
  if (Temporal.Instant.compare(at, now) >= 0) return { date: today.toString(), at }
  const tomorrow = today.add({ days: 1 })
  return { date: tomorrow.toString(), at: firstInstantAt(tomorrow, time, time_zone) }
}
