/** Words that lists are asked for with. Patterns apply to normalised text, without case. */
export interface ListWords {
  /** What may precede: "tell me which ...", "and ...". */
  before: RegExp
  /** Lists without a verb. */
  short: RegExp
  /** Beginnings of a request for a list. */
  lead: RegExp
  /** The leads that may also begin a search. */
  show: RegExp
  /** Words that add no condition. */
  fillers: Set<string>
  /** What follows is searched for; group `o`. */
  about: RegExp
  series: RegExp
  /** Group `o`; a tag by its sign is read in all languages. */
  tag: RegExp
  category: RegExp
  priorities: [pattern: RegExp, priority: 'low' | 'medium' | 'high'][]
  openAndCompleted: RegExp
  completed: RegExp
  overdue: RegExp
  week: RegExp
  today: RegExp
  tomorrow: RegExp
  /** At the end: several days. */
  nextWeek: RegExp
  weekend: { this: RegExp; next: RegExp }
  month: { this: RegExp; next: RegExp }
  isAgenda: RegExp
  isTasks: RegExp
}

/** Words of a language beside its commands: tasks that are meant, times and replies. */
export interface Words {
  /** Around a title, each removed once, in order: "the ... task". */
  around: RegExp[]
  /** A title in quotes, in group 1. */
  quoted: RegExp
  /** Words beside a title that negate a command or attach a condition. */
  turning: Set<string>
  /** Words that leave open which task is meant, or whether to act. */
  vague: Set<string>
  it: RegExp
  them: RegExp
  places: {
    /** Patterns. */
    ordinals: string[]
    cardinals: string[]
    last: RegExp
    before: RegExp
    /** "the first three", in group 1. */
    firstOf: RegExp
    and: RegExp
    article: RegExp
    after: RegExp
  }
  set: { all: RegExp; plural: RegExp; filler: RegExp; overdue: RegExp; tagged: RegExp; today: RegExp; tomorrow: RegExp }
  reply: { lead: RegExp; tail: RegExp; all: RegExp; both: RegExp; yes: RegExp; none: RegExp; fillers: RegExp }
  when: {
    /** Before a time: "to friday". */
    lead: RegExp
    /** Where a time may begin within a text; begins with a space. */
    leads: RegExp
    /** What is tried before a time. */
    tries: string[]
    /** "the 15th", and how quick-add has it. */
    dayOfMonth?: [RegExp, string]
    spanLead: RegExp
    half: string
    /** From one. */
    numbers: string[]
    units: Record<'minutes' | 'hours' | 'days' | 'weeks' | 'months', string>
  }
  list: ListWords
}
