/** Time, time zone and locale of a message. */
export interface Said {
  now: Temporal.Instant
  time_zone: string
  locale: string
}
