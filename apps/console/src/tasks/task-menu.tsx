import {
  CalendarArrowDown,
  CalendarX2,
  CircleCheck,
  CircleDashed,
  Ellipsis,
  Pencil,
  SkipForward,
  SquareCheck,
  Trash2,
} from 'lucide-react'
import type { Task } from '../api/openapi.d.ts'
import { Button } from '../components/button.tsx'
import { Menu, MenuItem } from '../components/menu.tsx'
import { todayIn } from '../time/zone.ts'
import { deleteTask, skipTask, toggleTask } from './changes.ts'
import { dateOf, daysToMoveTo, reschedule } from './reschedule.ts'

/** Every action on a task of the list, for those who use neither keys nor dragging. */
export const TaskMenu = ({
  task,
  zone,
  onEdit,
  onSelect,
}: {
  task: Task
  zone: string
  onEdit: () => void
  onSelect: () => void
}) => (
  <Menu
    trigger={
      <Button look="quiet" isIcon aria-label={`More for ${task.title}`}>
        <Ellipsis size={18} aria-hidden />
      </Button>
    }
  >
    <MenuItem
      onClick={() => void toggleTask(task)}
      icon={task.is_completed ? <CircleDashed size={16} aria-hidden /> : <CircleCheck size={16} aria-hidden />}
      hint="x"
    >
      {task.is_completed ? 'Reopen' : 'Complete'}
    </MenuItem>
    <MenuItem onClick={onEdit} icon={<Pencil size={16} aria-hidden />} hint="e">
      Edit title
    </MenuItem>
    <MenuItem onClick={onSelect} icon={<SquareCheck size={16} aria-hidden />} hint="s">
      Select
    </MenuItem>
    {!task.is_completed &&
      daysToMoveTo.map((day) => (
        <MenuItem
          key={day}
          onClick={() => reschedule([task], dateOf(day, todayIn(zone)), day.toLowerCase(), zone)}
          icon={day === 'No date' ? <CalendarX2 size={16} aria-hidden /> : <CalendarArrowDown size={16} aria-hidden />}
        >
          {day}
        </MenuItem>
      ))}
    {!task.is_completed && task.recurrence_rule !== null && (
      <MenuItem onClick={() => void skipTask(task)} icon={<SkipForward size={16} aria-hidden />}>
        Skip this one
      </MenuItem>
    )}
    <MenuItem onClick={() => deleteTask(task)} icon={<Trash2 size={16} aria-hidden />} hint="#" isDanger>
      Delete
    </MenuItem>
  </Menu>
)
