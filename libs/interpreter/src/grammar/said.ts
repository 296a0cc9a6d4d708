/** Time, time zone, locale and reminder time of a message. */
export interface Said {
  now: Temporal.Instant
  time_zone: string
  locale: string
  /** The time at which the user is reminded of a day. */
  reminder_time: string
}
