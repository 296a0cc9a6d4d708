import { configReader } from '@taskflow/service-kit'
import { z } from 'zod'

/** 0: no limit. */
const limit = z.coerce.number().int().min(0)

export const readConfig = configReader('recurring-processor', {
  /** Tasks that the schedule makes for one person on a day (UTC). */
  OCCURRENCES_PER_DAY: limit.default(1_000),
  /** As for chat-api: the schedule makes none for a person who has so many open tasks. */
  QUOTA_OPEN_TASKS: limit.default(10_000),
})
