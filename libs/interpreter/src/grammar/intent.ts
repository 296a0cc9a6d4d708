import type { QuickTask } from '@taskflow/quick-add'
import type { Duration, When } from './when.ts'

/** Tasks that can be listed as a whole. */
export type TaskSet =
  | { is: 'open' | 'overdue' }
  | { is: 'day'; date: Temporal.PlainDate; name: string }
  | { is: 'tag'; tag: string }

/** Which task is meant, as it was said. */
export type Target =
  | { by: 'words'; text: string; isQuoted: boolean }
  /** Of what was shown last: the only one, those with these numbers (-1 is the last), or all. */
  | { by: 'reference'; which: 'it' | 'them' | number[] }
  | { by: 'set'; set: TaskSet }
  | { by: 'nothing' }

export type MoveTo = { when: When } | { by: Duration } | { when: null }
type RemindAt = { when: When } | { offset: Duration; side: 'before' | 'after' }
type SnoozeTo = { when: When } | { for: Duration }

/** Something to be done with a task (pause, resume: a series) that exists. What is left out is asked for. */
export type Act =
  | { kind: 'complete' | 'reopen' | 'delete' | 'restore' | 'pause' | 'resume'; target: Target }
  | { kind: 'history'; target: Target }
  | { kind: 'move'; target: Target; to?: MoveTo }
  | { kind: 'remind'; target: Target; at?: RemindAt }
  | { kind: 'snooze'; target: Target; to?: SnoozeTo }
  | { kind: 'repeat'; target: Target; rule: QuickTask }

export interface ListFilter {
  state?: 'open' | 'completed' | 'all'
  overdue?: true
  /** The first of so many days. */
  day?: Temporal.PlainDate
  days?: number
  tags?: string[]
  category?: string
  priority?: 'low' | 'medium' | 'high'
}

export type Range = 'overdue' | 'today' | 'tomorrow' | 'week'

/** What a part of a text asks for. */
export type Intent =
  | Act
  | { kind: 'add'; tasks: QuickTask[] }
  /** A new task that reminds at its due date; without one it is asked for. */
  | { kind: 'remind_to'; task: QuickTask }
  | { kind: 'agenda'; range: Range }
  | { kind: 'list'; filter: ListFilter }
  | { kind: 'series' }
  | { kind: 'find'; text: string }
  | { kind: 'preview'; rule: QuickTask; count: number }
  | { kind: 'undo' | 'help' | 'about' | 'greeting' | 'thanks' | 'yes' | 'no' }
  /** Understood to be something that nothing is done for; `say` is the answer. */
  | { kind: 'refused'; say: string }
  | { kind: 'unknown'; hint?: string }
