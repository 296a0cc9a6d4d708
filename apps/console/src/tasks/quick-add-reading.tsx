import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Bell, CalendarDays, Flag, Folder, Hash, type LucideIcon, Repeat } from 'lucide-react'
import { api, bodyOf } from '../api/api.ts'
import type { Understood } from '../api/openapi.d.ts'
import { useDebounced } from '../components/use-debounced.ts'

const icons: Record<Understood['means'], LucideIcon> = {
  due_date: CalendarDays,
  due_on: CalendarDays,
  recurrence: Repeat,
  priority: Flag,
  tag: Hash,
  category: Folder,
  reminder: Bell,
}

/** What TaskFlow understands of a line, before it is added. */
export const QuickAddReading = ({ text }: { text: string }) => {
  const line = useDebounced(text.trim())
  const { data, error } = useQuery({
    queryKey: ['reading', line],
    queryFn: ({ signal }) => bodyOf(api.POST('/tasks/quick-add', { body: { text: line, dry_run: true }, signal })),
    enabled: line !== '',
    placeholderData: keepPreviousData,
    retry: false,
    gcTime: 10_000,
  })
  if (text.trim() === '' || error || !data) return null
  return (
    <div className="flex flex-wrap items-center gap-x-2 gap-y-1.5 px-4 pt-2.5 text-sm" aria-live="polite">
      <span className="max-w-full truncate font-medium">{data.task.title}</span>
      {data.understood.map(({ means, start, sentence }) => {
        const Icon = icons[means]
        return (
          <span
            key={start}
            className="flex items-center gap-1.5 rounded-full bg-accent-soft px-2.5 py-0.5 text-[0.8125rem] text-accent"
          >
            <Icon size={13} aria-hidden />
            {sentence}
          </span>
        )
      })}
      {data.not_understood.map(({ start, text }) => (
        <span key={start} className="rounded-full border border-line px-2.5 py-0.5 text-[0.8125rem] text-muted">
          not understood: {text}
        </span>
      ))}
    </div>
  )
}
