import type { Act, Range } from '../grammar/intent.ts'

export type ActKind = Act['kind']
type Say = (what: string) => string
type SayDue = (what: string, due: string | undefined) => string

/** What is listed; names of days are in words. */
export interface Listed {
  state: 'open' | 'completed' | 'all'
  isOverdue: boolean
  priority: 'low' | 'medium' | 'high' | undefined
  tags: string[]
  /** In quotes. */
  category: string | undefined
  /** A day, or the first and the last. */
  days: string[] | undefined
}

/** All that the interpreter says, in one language. `what` is a title in quotes or a number of tasks. */
export interface Texts {
  introduction: string
  /** Examples are a line each. */
  help: (examples: string) => string
  greeting: string
  welcome: string
  listening: string
  outOfStep: string
  notAvailable: (tool: string) => string
  notUnderstood: (part: string, hint: string) => string
  tooLong: string
  otherLanguage: string
  mayBeTitle: string
  didYouMean: Say

  weekdays: string[]
  months: string[]
  /** `year` is empty for the current one. */
  day: (weekday: string, day: number, month: string, year: string) => string
  spans: Record<'months' | 'weeks' | 'days' | 'hours' | 'minutes', [one: string, several: string]>
  tasks: (count: number) => string
  done: string
  overdue: string
  repeats: string

  /** `where` is one of the three that follow, or empty. */
  should: (kind: ActKind, where: string) => string
  whichOf: (count: number, kind: ActKind, where: string) => string
  whichTask: (kind: ActKind, where: string) => string
  byHow: (span: string, isEarlier: boolean) => string
  toNoDate: string
  toWhen: Say
  onlyCompleted: (count: number) => string
  notSureWhich: string
  yesOrNo: string
  moreMatch: string
  numberOrWords: string
  moreTitles: string
  whichAgain: string
  showedOnly: (count: number) => string
  noReference: string
  oneAtATime: string
  tooManyAtOnce: string
  noOpenTask: { overdue: string; all: string; tagged: Say; due: Say }
  thereIsNo: Say
  today: string
  tomorrow: string
  onlyByWords: string
  notSure: Say
  foundNo: Record<'restore' | 'pause' | 'resume' | 'reopen' | 'history' | 'remind' | 'repeat' | 'other', Say>

  whenTo: Record<'move' | 'remind' | 'snooze', Say>
  notATime: string
  failed: Say
  couldNotLook: Say
  unreadable: string
  nothingChanged: string
  allRight: string
  waitingFor: Say
  stillWaits: Say
  nothingAsked: string
  /** What waits for a confirmation. */
  act: (kind: ActKind, what: string) => string
  noDateToCount: Say
  noTimeToCount: Say
  wouldBePast: string
  hasPassed: string
  noDueDate: Say
  noReminder: Say
  couldNot: (kind: ActKind, what: string, reason: string) => string
  did: Record<'complete' | 'reopen' | 'delete' | 'restore' | 'undate', Say> &
    Record<'move' | 'remind' | 'snooze' | 'repeat' | 'resume', SayDue> &
    Record<'remindAt' | 'pause', (what: string, more: string) => string>
  /** Types of events, where their names are not the words. */
  events: Record<string, string>
  history: Say
  noHistory: Say

  whatToAdd: string
  added: Say
  addedMany: (count: number) => string
  willRemind: string
  addWhat: (count: number) => string
  couldNotAdd: (what: string, reason: string) => string
  nothingAdded: string
  whenRemindTo: Say

  nothingIs: Record<Range, string>
  dueTasks: (count: number, range: Range) => string
  overdueTasks: (count: number) => string
  youHave: (parts: string[]) => string
  moreThanShown: string
  /** `count` is 1, or anything else for several. */
  list: (listed: Listed, count: string) => string
  haveNo: Say
  have: (count: string, what: string) => string
  moreThan: (count: number) => string
  firstOfThem: string
  noSeries: string
  haveSeries: (count: number) => string
  nextOn: Say
  pausedOrEnded: string
  sayTitle: string
  foundNone: Say
  foundOne: (line: string, isDone: boolean) => string
  foundAlike: Say
  foundMany: (count: number) => string
  sayMore: string
  never: string

  undo: string
  alsoSaid: Say
  tooManyThings: (count: number) => string
  setsAlone: string
  leftOut: Say

  refused: Record<'anyQuestion' | 'negation' | 'condition' | 'part' | 'elsewhere' | 'reminders', string> &
    Record<'question' | 'cancel', Say> &
    Record<'title' | 'tasks', (most: number) => string>
  hints: Record<'titleToo' | 'repeat' | 'preview' | 'move' | 'remind' | 'completedDay', string> &
    Record<'ifDone' | 'toNote', Say>
}
