import { Check, Clock, Undo2, X } from 'lucide-react'
import { useRef, useState } from 'react'
import { useAccount } from '../account/use-account.ts'
import { describeError } from '../api/problems.ts'
import { Button } from '../components/button.tsx'
import { taskStore, useTasks } from '../tasks/task-store.ts'
import { writeAgo, writeMoment } from '../time/format.ts'
import { useNow } from '../time/use-now.ts'
import { headingOf, summaryOf, thingsOf } from './describe-action.ts'
import { TaskLink } from './task-link.tsx'
import type { SeenTask } from './tasks-in.ts'
import type { Decided, Verb } from './use-conversation.ts'

const looks = {
  pending: { Icon: Clock, said: undefined, colour: 'bg-accent-soft text-accent' },
  done: { Icon: Check, said: undefined, colour: 'bg-accent text-on-accent' },
  undone: { Icon: Undo2, said: 'Taken back', colour: 'bg-sunken text-muted' },
  cancelled: { Icon: X, said: 'Not done', colour: 'bg-sunken text-muted' },
  expired: { Icon: X, said: 'Not done: it has waited for too long. Ask for it again.', colour: 'bg-sunken text-muted' },
}

/** A change by the assistant: what it does, to which tasks, and buttons to confirm, cancel or undo it. */
export const ActionCard = ({
  action,
  seen,
  added,
  onDecide,
}: {
  action: Decided
  seen: ReadonlyMap<string, SeenTask>
  /** The tasks that the same answer has added. */
  added: readonly SeenTask[]
  onDecide: (verb: Verb) => Promise<void>
}) => {
  const { time_zone: zone, locale } = useAccount()
  const now = useNow(5_000)
  // Titles as they are now.
  useTasks()
  const [isDeciding, setDeciding] = useState(false)
  const [error, setError] = useState<string>()
  const card = useRef<HTMLDivElement>(null)
  const isLate = action.expires_at !== null && Date.parse(action.expires_at) <= now
  const state = action.state === 'pending' && isLate ? 'expired' : action.state
  const { Icon, said, colour } = looks[state]
  const known = { get: (id: string) => taskStore.get(id) ?? seen.get(id), added }
  const shown = { ...action, state }
  const things = thingsOf(shown, known, { zone, locale })
  const left = action.undone?.left.length ?? 0

  const decide = async (verb: Verb) => {
    setDeciding(true)
    setError(undefined)
    try {
      await onDecide(verb)
    } catch (problem) {
      setError(describeError(problem))
    } finally {
      setDeciding(false)
      // The button that was pressed is gone.
      card.current?.focus()
    }
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for a form
    <div
      ref={card}
      role="group"
      tabIndex={-1}
      aria-label={headingOf(shown)}
      className={`rounded-xl border p-3 text-sm ${state === 'pending' ? 'border-accent' : 'border-line'}`}
    >
      <div className="flex items-center gap-2.5">
        <span aria-hidden className={`grid size-6 shrink-0 place-items-center rounded-full ${colour}`}>
          <Icon size={14} strokeWidth={2.5} />
        </span>
        <p className="min-w-0 flex-1 font-medium">{headingOf(shown)}</p>
        {action.can_undo && (
          <Button
            look="quiet"
            disabled={isDeciding}
            onClick={() => void decide('undo')}
            className="-my-1.5 -mr-1.5 text-accent!"
          >
            Undo
          </Button>
        )}
      </div>
      <div className="mt-1.5 flex flex-col gap-1 pl-8.5">
        {things ? (
          <ul className="flex flex-col gap-1">
            {things.map(({ id, title, details }, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: always in this order
              <li key={index} className="flex flex-wrap gap-x-2">
                {id === undefined ? (
                  <bdi className="[overflow-wrap:anywhere]">{title}</bdi>
                ) : (
                  <TaskLink id={id} title={title} />
                )}
                {details.map((each) => (
                  <span key={each} className="text-muted">
                    {each}
                  </span>
                ))}
              </li>
            ))}
          </ul>
        ) : (
          <p className="[overflow-wrap:anywhere]">{summaryOf(action)}</p>
        )}
        {state === 'pending' && (
          <div className="mt-1.5 flex flex-wrap items-center gap-2">
            <Button look="primary" disabled={isDeciding} onClick={() => void decide('confirm')}>
              Confirm
            </Button>
            <Button disabled={isDeciding} onClick={() => void decide('cancel')}>
              Cancel
            </Button>
            {action.expires_at !== null && (
              <span className="text-muted">expires {writeAgo(action.expires_at, zone, locale, now)}</span>
            )}
          </div>
        )}
        {said !== undefined && <p className="text-muted">{said}</p>}
        {left > 0 && (
          <p className="text-muted">
            {left === 1 ? '1 task was' : `${left} tasks were`} changed since and stayed as{' '}
            {left === 1 ? 'it is' : 'they are'}.
          </p>
        )}
        {error !== undefined && (
          <p role="alert" className="text-danger">
            {error}
          </p>
        )}
        <details className="text-muted">
          <summary className="w-fit cursor-pointer rounded-md text-xs hover:text-ink">Details</summary>
          <p className="mt-1 text-xs [overflow-wrap:anywhere]">
            {action.summary}. Asked for {writeMoment(action.created_at, zone, locale, now)}
            {action.decided_at !== null &&
              `, ${decidedWords[state]} ${writeMoment(action.decided_at, zone, locale, now)}`}
            .
          </p>
        </details>
      </div>
    </div>
  )
}

const decidedWords: Record<Decided['state'], string> = {
  pending: '',
  done: 'done',
  undone: 'taken back',
  cancelled: 'cancelled',
  expired: '',
}
