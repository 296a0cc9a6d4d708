/** When, where and in which English something was said. */
export interface Said {
  now: Temporal.Instant
  time_zone: string
  locale: string
}
