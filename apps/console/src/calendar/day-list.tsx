import { Repeat } from 'lucide-react'
import { Check } from '../components/check.tsx'
import { toggleTask } from '../tasks/changes.ts'
import { TaskFacts } from '../tasks/task-facts.tsx'
import { writeDay, writeLongDay } from '../time/format.ts'
import { useNow } from '../time/use-now.ts'
import type { Day } from './use-span.ts'

/** What is on one day, or, with a title, what is overdue. */
export const DayList = ({
  title,
  date,
  day,
  today,
  zone,
  locale,
  onOpen,
}: {
  title?: string
  date: string
  day: Day | undefined
  today: string
  zone: string
  locale: string
  onOpen: (id: string) => void
}) => {
  const now = useNow()
  const long = title === undefined ? writeLongDay(date, locale) : ''
  return (
    <section aria-label={title ?? long}>
      <h2 className="flex items-baseline gap-2 pb-1">
        <span className={`font-semibold ${title !== undefined ? 'text-danger' : date === today ? 'text-accent' : ''}`}>
          {title ?? writeDay(date, today, locale)}
        </span>
        <span className="text-sm text-muted">{long}</span>
      </h2>
      {!day && <p className="text-sm text-muted">Nothing is due.</p>}
      <ul>
        {day?.tasks.map((task) => (
          <li key={task.id} className="-mx-2 flex items-start gap-3 rounded-xl px-2 py-2 hover:bg-sunken">
            <Check
              label={`${task.is_completed ? 'Reopen' : 'Complete'} ${task.title}`}
              isChecked={task.is_completed}
              onChange={() => void toggleTask(task)}
            />
            <button type="button" className="min-w-0 flex-1 text-left" onClick={() => onOpen(task.id)}>
              <span className={`block truncate ${task.is_completed ? 'text-muted line-through' : ''}`}>
                {task.title}
              </span>
              <TaskFacts task={task} zone={zone} locale={locale} now={now} />
            </button>
          </li>
        ))}
        {day?.planned.map(({ id, title, schedule }) => (
          <li key={id} className="flex items-start gap-3 py-2 text-muted">
            <span className="grid size-6 shrink-0 place-items-center">
              <Repeat size={16} aria-hidden />
            </span>
            <span className="min-w-0 flex-1">
              <span className="block truncate">{title}</span>
              <span className="block text-[0.8125rem] leading-5">{schedule}</span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
