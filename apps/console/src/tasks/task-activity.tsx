import { writeAgo } from '../time/format.ts'
import { useActivities } from './activity.ts'
import { describeActivity } from './describe-activity.ts'

/** What has happened to the task, from the audit log. */
export const TaskActivity = ({ id, zone, locale }: { id: string; zone: string; locale: string }) => {
  const { activities, error } = useActivities(id)
  return (
    <section aria-label="Activity" className="flex flex-col gap-2 border-t border-line pt-5">
      <h3 className="font-semibold">Activity</h3>
      {error && <p className="text-sm text-muted">The log cannot be read just now.</p>}
      <ol className="flex flex-col gap-2 text-sm">
        {activities.map((record) => (
          <li key={record.event_id} className="flex justify-between gap-4">
            <span className="min-w-0">
              {describeActivity(record, zone, locale).map((line) => (
                <span key={line} className="block wrap-anywhere">
                  {line}
                </span>
              ))}
            </span>
            <time dateTime={record.time} className="shrink-0 text-muted">
              {writeAgo(record.time, zone, locale)}
            </time>
          </li>
        ))}
      </ol>
    </section>
  )
}
