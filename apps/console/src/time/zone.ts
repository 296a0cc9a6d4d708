/**
 * Wall clocks of time zones. `Intl` knows them in every browser; `Temporal` does not exist in all yet.
 */

const formats = new Map<string, Intl.DateTimeFormat>()

const clockOf = (zone: string): Intl.DateTimeFormat => {
  const known = formats.get(zone)
  if (known) return known
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    ...{ year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit' },
  })
  formats.set(zone, format)
  return format
}

/** Milliseconds that the clocks of a zone are ahead of UTC at an instant. */
export const offsetAt = (instant: number, zone: string): number => {
  const whole = Math.floor(instant / 1_000) * 1_000
  const parts = Object.fromEntries(
    clockOf(zone)
      .formatToParts(whole)
      .map(({ type, value }) => [type, Number(value)]),
  )
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts
  return Date.UTC(year, month - 1, day, hour, minute, second) - whole
}

/** What the clock shows at an instant, as `2026-01-31T09:00:00`. */
export const localAt = (instant: number | string, zone: string): string => {
  const time = typeof instant === 'string' ? Date.parse(instant) : instant
  return new Date(time + offsetAt(time, zone)).toISOString().slice(0, 19)
}

/**
 * The instant at which the clock shows a local date-time. A time that a clock change skips is moved forward by it; of
 * a time that comes twice the earlier is taken, as everywhere in TaskFlow.
 */
export const instantOf = (local: string, zone: string): number => {
  const wall = Date.parse(`${local.length === 10 ? `${local}T00:00:00` : local}Z`)
  const day = 86_400_000
  const [before, after] = [offsetAt(wall - day, zone), offsetAt(wall + day, zone)]
  const early = wall - Math.max(before, after)
  const candidates = [early, wall - Math.min(before, after)]
  return candidates.find((instant) => instant + offsetAt(instant, zone) === wall) ?? wall - before
}

/** The date a number of days later, as `2026-01-31`. Calendar days, whatever the clocks do. */
export const addDays = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)

/** Today's date in a zone. */
export const todayIn = (zone: string, now = Date.now()): string => localAt(now, zone).slice(0, 10)

/** 1 for Monday to 7 for Sunday. */
export const weekdayOf = (date: string): number => new Date(`${date}T00:00:00Z`).getUTCDay() || 7

export const isTimeZone = (zone: string): boolean => {
  try {
    clockOf(zone)
    return true
  } catch {
    return false
  }
}
