export { describeSchedule } from './describe-schedule.ts'
export { nextOccurrence, occurrences } from './occurrences.ts'
export { RecurrenceError } from './recurrence-error.ts'
export { checkRule, isTimeZone, type Occurrence, type Schedule } from './schedule.ts'
