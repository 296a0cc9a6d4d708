import type { QuickTask } from '@taskflow/quick-add'
import type { Duration, When } from './when.ts'

/** A set of tasks that can be listed. */
export type TaskSet =
  | { is: 'open' | 'overdue' }
  | { is: 'day'; date: Temporal.PlainDate; name: 'today' | 'tomorrow' }
  | { is: 'tag'; tag: string }

/** The task that is meant, in the user's words. */
export type Target =
  | { by: 'words'; text: string; isQuoted: boolean }
  /** Among the items shown last: the only one, those with these numbers (-1 is the last), or all. */
  | { by: 'reference'; which: 'it' | 'them' | number[] }
  | { by: 'set'; set: TaskSet }
  | { by: 'nothing' }

export type MoveTo = { when: When } | { by: Duration } | { when: null }
type RemindAt = { when: When } | { offset: Duration; side: 'before' | 'after' }
type SnoozeTo = { when: When } | { for: Duration }

/** An act on an existing task (pause, resume: a series). The interpreter asks for what is missing. */
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
  /** The first of `days` days. */
  day?: Temporal.PlainDate
  days?: number
  tags?: string[]
  category?: string
  priority?: 'low' | 'medium' | 'high'
}

export type Range = 'overdue' | 'today' | 'tomorrow' | 'week'

/** The intent of a part of a text. */
export type Intent =
  | Act
  | { kind: 'add'; tasks: QuickTask[] }
  /** A new task with a reminder at its due date; the interpreter asks for a missing date. */
  | { kind: 'remind_to'; task: QuickTask }
  | { kind: 'agenda'; range: Range }
  | { kind: 'list'; filter: ListFilter }
  | { kind: 'series' }
  | { kind: 'find'; text: string }
  | { kind: 'preview'; rule: QuickTask; count: number }
  | { kind: 'undo' | 'help' | 'about' | 'greeting' | 'thanks' | 'yes' | 'no' }
  /** Understood, but not supported; `say` is the reply. */
  | { kind: 'refused'; say: string }
  | { kind: 'unknown'; hint?: string }
