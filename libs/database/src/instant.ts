import { customType } from 'drizzle-orm/pg-core'

/**
 * A timestamptz column read as ISO 8601 text in UTC (`2026-02-28T09:00:00Z`), the form it has in events and responses:
 * records need no mapping.
 */
export const instantColumn = customType<{ data: string; driverData: string }>({
  dataType: () => 'timestamp(3) with time zone',
  fromDriver: (value) => toInstantText(value),
})

/** `2026-02-28 09:00:00.5+00`, as Postgres writes it, to `2026-02-28T09:00:00.5Z`. */
export const toInstantText = (value: string): string => Temporal.Instant.from(value).toString()
