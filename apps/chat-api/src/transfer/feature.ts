import type { HttpDeps } from '../http/deps.ts'
import type { Feature } from '../http/feature.ts'
import type { TaskDeps } from '../tasks/deps.ts'
import { createCalendarFeed } from './endpoints/create-calendar-feed.ts'
import { deleteCalendarFeed } from './endpoints/delete-calendar-feed.ts'
import { exportData } from './endpoints/export-data.ts'
import { getCalendarFeed } from './endpoints/get-calendar-feed.ts'
import { importData } from './endpoints/import-data.ts'
import { showCalendar } from './endpoints/show-calendar.ts'

/** Tasks in files of other programs: export, import, calendar feeds. */
export const transfer = (deps: HttpDeps & TaskDeps): Feature => ({
  endpoints: [
    exportData(deps),
    importData(deps),
    createCalendarFeed(deps),
    getCalendarFeed(deps),
    deleteCalendarFeed(deps),
    showCalendar(deps),
  ],
})
