import { MessageCircle } from 'lucide-react'
import { Button } from '../components/button.tsx'
import { EmptyState } from '../components/empty-state.tsx'
import { readAnswerer } from './answerer.ts'

/** The interpreter understands all of these too. */
const examples = [
  'add pay rent every 1st at 9:00 #home',
  "what's due today?",
  'move dentist to next friday at 15:00',
  'complete all overdue tasks',
  'delete buy milk',
]

const answerers = {
  model:
    'A language model answers. It can err, so what it changes is shown, and what deletes or changes several tasks waits for you.',
  interpreter:
    'The built-in interpreter answers, not a language model: it understands fixed English phrases. Say help for all of them.',
  unknown:
    'Without a language model the built-in interpreter answers: it understands fixed English phrases. Say help for all of them.',
}

/** Shown before the first message: examples of what to say. */
export const ChatEmpty = ({ onExample }: { onExample: (line: string) => void }) => (
  <EmptyState icon={<MessageCircle size={22} />} title="What should be done?">
    <p>Say it as you would to somebody. Try one of these:</p>
    <ul className="mt-4 flex flex-col items-stretch gap-2">
      {examples.map((line) => (
        <li key={line}>
          <Button onClick={() => onExample(line)} className="h-auto w-full py-2 whitespace-normal">
            {line}
          </Button>
        </li>
      ))}
    </ul>
    <p className="mt-5 text-sm">{answerers[readAnswerer() ?? 'unknown']}</p>
  </EmptyState>
)
