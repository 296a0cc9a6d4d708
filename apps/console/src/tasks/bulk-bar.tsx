import { CalendarArrowDown, Flag, Folder, Hash, Trash2, X } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { createPortal } from 'react-dom'
import type { Task } from '../api/openapi.d.ts'
import { Button } from '../components/button.tsx'
import { Dialog } from '../components/dialog.tsx'
import { Menu, MenuItem } from '../components/menu.tsx'
import { belowId } from '../layout/places.ts'
import { todayIn } from '../time/zone.ts'
import { changeMany, deleteMany } from './changes.ts'
import { dateOf, daysToMoveTo, reschedule } from './reschedule.ts'

/** Actions on all selected tasks. Below the list, so that it covers none of them. */
export const BulkBar = ({
  tasks,
  zone,
  onAll,
  onClear,
}: {
  tasks: Task[]
  zone: string
  onAll: () => void
  onClear: () => void
}) => {
  const [edited, edit] = useState<'tag' | 'category'>()
  const open = tasks.filter(({ is_completed }) => !is_completed)
  const then = (act: () => void) => () => {
    act()
    onClear()
  }
  const place = document.getElementById(belowId)
  if (!place) return null
  return createPortal(
    <section aria-label="Selected tasks" className="border-t border-line bg-surface px-2 py-1.5">
      <div className="flex flex-wrap items-center justify-center gap-1">
        <span className="px-2 text-sm font-medium tabular-nums">{tasks.length} selected</span>
        <Button look="quiet" onClick={onAll}>
          Select all
        </Button>
        <Button look="primary" onClick={then(() => changeMany(open, { action: 'complete' }, 'Completed'))}>
          Complete
        </Button>
        <Menu
          trigger={
            <Button look="quiet" isIcon aria-label="Reschedule">
              <CalendarArrowDown size={18} aria-hidden />
            </Button>
          }
        >
          {daysToMoveTo.map((day) => (
            <MenuItem
              key={day}
              onClick={then(() => reschedule(open, dateOf(day, todayIn(zone)), day.toLowerCase(), zone))}
            >
              {day}
            </MenuItem>
          ))}
        </Menu>
        <Menu
          trigger={
            <Button look="quiet" isIcon aria-label="Priority">
              <Flag size={18} aria-hidden />
            </Button>
          }
        >
          {(['high', 'medium', 'low'] as const).map((priority) => (
            <MenuItem
              key={priority}
              onClick={then(() => changeMany(tasks, { action: 'update', changes: { priority } }, 'Changed'))}
            >
              {priority.charAt(0).toUpperCase() + priority.slice(1)}
            </MenuItem>
          ))}
        </Menu>
        <Button look="quiet" isIcon aria-label="Add a tag" onClick={() => edit('tag')}>
          <Hash size={18} aria-hidden />
        </Button>
        <Button look="quiet" isIcon aria-label="Set the category" onClick={() => edit('category')}>
          <Folder size={18} aria-hidden />
        </Button>
        <Button look="quiet" isIcon aria-label="Delete" onClick={() => deleteMany(tasks, onClear)}>
          <Trash2 size={18} aria-hidden />
        </Button>
        <Button look="quiet" isIcon aria-label="Clear the selection" onClick={onClear}>
          <X size={18} aria-hidden />
        </Button>
      </div>
      {edited !== undefined && <LabelDialog kind={edited} tasks={tasks} onClose={() => edit(undefined)} />}
    </section>,
    place,
  )
}

const LabelDialog = ({ kind, tasks, onClose }: { kind: 'tag' | 'category'; tasks: Task[]; onClose: () => void }) => {
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const name = String(new FormData(event.currentTarget).get('name')).trim()
    if (kind === 'category') changeMany(tasks, { action: 'update', changes: { category: name || null } }, 'Changed')
    else if (name !== '')
      // Tags are replaced as a whole, so there is one request for all tasks with the same tags.
      for (const same of Map.groupBy(tasks, ({ tags }) => tags.join('\n')).values())
        changeMany(same, { action: 'update', changes: { tags: [...new Set([...same[0]!.tags, name])] } }, 'Changed')
    onClose()
  }
  return (
    <Dialog title={kind === 'tag' ? 'Add a tag' : 'Set the category'} onClose={onClose}>
      <form onSubmit={submit} className="flex gap-2 pt-2">
        <input
          name="name"
          aria-label={kind === 'tag' ? 'Tag' : 'Category; empty for none'}
          maxLength={kind === 'tag' ? 50 : 100}
          required={kind === 'tag'}
          className="field"
        />
        <Button type="submit" look="primary" className="min-h-10">
          Save
        </Button>
      </form>
    </Dialog>
  )
}
