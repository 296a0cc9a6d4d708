import { parseSchedule, type Schedule } from './schedule.ts'

/** How often a schedule of one rule recurs at most (its COUNT); undefined when that has no bound of this kind. */
export const countOf = (schedule: Schedule): number | undefined => {
  const { rules, added } = parseSchedule(schedule)
  return rules.length === 1 && added.length === 0 ? rules[0]!.count : undefined
}

/** Whether a schedule is counted in hours, minutes or seconds, and not in days or longer. */
export const isWithinDays = (schedule: Schedule): boolean =>
  parseSchedule(schedule).rules.some(({ freq }) => /^(?:HOURLY|MINUTELY|SECONDLY)$/.test(freq))
