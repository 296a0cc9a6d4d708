import { CircleCheckBig, Funnel } from 'lucide-react'
import { Button } from '../components/button.tsx'
import { EmptyState } from '../components/empty-state.tsx'

const examples = [
  'pay rent every 1st at 9 !high #home',
  'call Ada tomorrow at 3pm remind 1h before',
  'book flights @travel',
]

/** Shown when there are no tasks: examples of lines to add. */
export const NoTasks = ({ onExample }: { onExample: (line: string) => void }) => (
  <EmptyState icon={<CircleCheckBig size={22} />} title="Nothing to do">
    <p>Write a task the way you would say it. Try one of these:</p>
    <ul className="mt-4 flex flex-col items-stretch gap-2">
      {examples.map((line) => (
        <li key={line}>
          <Button onClick={() => onExample(line)} className="h-auto w-full py-2 whitespace-normal!">
            {line}
          </Button>
        </li>
      ))}
    </ul>
  </EmptyState>
)

export const NoMatch = ({ onClear }: { onClear: () => void }) => (
  <EmptyState icon={<Funnel size={22} />} title="No task fits">
    <p className="mb-4">There is nothing with all of what you chose.</p>
    <Button onClick={onClear}>Show all tasks</Button>
  </EmptyState>
)
