import { dayOf } from '@taskflow/tasks'
import { instantIn } from '../tasks/local-time.ts'

/** When an item is due: on a day, or at a time. `zone` is that of its task. */
export type ImportDue = { date: string; zone: string } | { instant: string; zone: string }

/** The day of it on the clock of its zone. */
export const dayOfDue = (due: ImportDue): string => dayOf(instantOfDue(due), due.zone)

/** The one place where a day becomes a time. */
export const instantOfDue = (due: ImportDue): string => ('date' in due ? instantIn(due.date, due.zone) : due.instant)
