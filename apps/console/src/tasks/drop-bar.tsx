import { todayIn } from '../time/zone.ts'
import { dropTarget, useDragged } from './dragging.ts'
import { dateOf, daysToMoveTo, reschedule } from './reschedule.ts'

/** Days to drop a task on; shown while one is being dragged. */
export const DropBar = ({ zone }: { zone: string }) => {
  if (!useDragged()) return null
  return (
    <div className="pointer-events-none sticky bottom-4 z-20 flex justify-center px-4">
      <div className="card pointer-events-auto flex gap-2 p-2 shadow-lg">
        {daysToMoveTo.map((day) => (
          <div
            key={day}
            data-day={day}
            {...dropTarget((task) => reschedule([task], dateOf(day, todayIn(zone)), day.toLowerCase(), zone))}
            className="grid min-h-14 place-items-center rounded-xl border border-dashed border-edge px-4 text-sm text-muted data-over:border-accent data-over:bg-accent-soft data-over:text-accent"
          >
            {day}
          </div>
        ))}
      </div>
    </div>
  )
}
