import type { Words } from './words.ts'

const wholly = (pattern: string): RegExp => new RegExp(`^(?:${pattern})$`, 'u')

export const en: Words = {
  around: [
    /^(?:the|my|that|this|an?)\s+/i,
    /^(?:task|todo|to-do|item)(?:\s+(?:called|named|titled|about|to))?(?:\s*:\s*|\s+)/i,
    /(?:^|\s+)(?:task|todo|to-do|item)$/i,
  ],
  quoted: /^(?:the |my )?(?:task |todo )?(?:called |named |titled )?"([^"]+)"(?: task)?$/i,
  turning: new Set(
    `not no nor never nothing none neither don't dont doesn't didn't won't can't cannot shouldn't wouldn't isn't
    without if unless when whenever once until till before after while because except but instead rather than kidding joke
    actually wait stop cancel nevermind mind said says told asked wrote`.split(/\s+/),
  ),
  vague: new Set(
    `or either and whether then maybe perhaps probably possibly should would could might may can later someday
    all every each everything both any anything some something few several most many other others rest only he she they you i
    we me task tasks todo todos reminder reminders is are was were so as`.split(/\s+/),
  ),
  it: /^(?:it|that|this|(?:that|this|the) (?:one|task)|the last one you (?:added|showed))$/,
  them: /^(?:(?:all|both) of )?(?:them|these|those)(?: all| tasks| both)?$|^both(?: tasks)?$/,
  places: {
    ordinals: 'first second third fourth fifth sixth seventh eighth ninth tenth'.split(' '),
    cardinals: 'one two three four five six seven eight nine ten'.split(' '),
    last: /^last$/,
    before: /^(?:the\s+)?(?:tasks?|numbers?|no\.|option|#)\s*(?=\S)/,
    firstOf: /^(?:the )?first (?!one$|task$)(\w+)(?: ones| tasks)?$/,
    and: /\s*(?:,\s*and\s|,|\band\b|&|\+)\s*/,
    article: /^(?:the\s+|#)/,
    after: /\s+(?:one|task)$/,
  },
  set: {
    all: /^(?:all|every|everything)$/,
    plural: /^(?:tasks|todos|to-dos)$/,
    filler:
      /^(?:of|my|of|the|open|tasks?|todos?|to-dos|ones|things|stuff|that|which|is|are|due|with|tags?|tagged|for)$/,
    overdue: /^(?:overdue|late)$/,
    tagged: /\b(?:tag(?:ged)?(?: with| as)?|with (?:the )?tag) (?!#)(?=\p{L})/gu,
    today: /^today$/,
    tomorrow: /^tomorrow$/,
  },
  reply: {
    lead: /^(?:yes|ok|okay|please|i mean|i meant|it's)[, ]+/,
    tail: /[, ]+please$/,
    all: /^(?:all|both|everything|every one|them all)(?: (?:of )?(?:them|these|those|two|three|four|five|\d+))?$/,
    both: /^both/,
    yes: /^(?:yes|y|yep|yeah|yup|sure|ok|okay|right|correct|exactly|do it|go ahead|that one|it)$/,
    none: /^(?:none|neither|nothing|no(?:ne)? of (?:them|these))\b/i,
    fillers: /^(?:the|one|ones|task|tasks|please|i|mean|meant|that|it|its|it's|is|yes|number|no|option|just|only)$/,
  },
  when: {
    lead: /^(?:to|until|till|for|by|on|at|onto|due)\s+/i,
    leads:
      /\s(?:(?:back |forward |out )?(?:to|until|till|for|on|onto|by|at|due)\s+|(?=(?:today|tomorrow|tonight|next|this|in)(?:\s|$)))/gi,
    tries: ['', 'on ', 'at '],
    spanLead: /^(?:for|by) /i,
    half: 'half an hour',
    numbers: ['an?|the|one', ...'two three four five six seven eight nine ten eleven twelve'.split(' ')],
    units: {
      minutes: 'm|mins?|minutes?',
      hours: 'h|hrs?|hours?',
      days: 'd|days?',
      weeks: 'w|wks?|weeks?',
      months: 'months?',
    },
  },
  list: {
    before: /^(?:and )?(?:(?:tell|show) me (?=what|which|how many))?/u,
    short: wholly(
      String.raw`agenda|today|tomorrow|overdue|late|(?:this|the|next) week|(?:my |the )?(?:day|week|list|tasks|todos|to-?do list)|(?:today|tomorrow)'s tasks|(?:my |all )?tasks (?:due|tagged|with|in) .+|(?:this|the|next) (?:weekend|month)|(?:my |all )?(?:open|overdue|late|completed|recurring|high priority) tasks|(?:tasks )?(?:due )?(?:today|tomorrow|this week)|due .+|#[\p{L}\p{M}\p{N}_-]+`,
    ),
    lead: /^(?:(?:show|list|display|view|see|give|tell|let me see)(?: (?:me|us))?|what(?:'s| is| are)?|which(?: ones)?|how many|do i have|have i got|is there|are there|any|anything)(?=\s|$)/u,
    show: /^(?:show|list|display|view)/u,
    fillers: new Set(
      `a an the my me i of in on at to do for all any anything are is there that which tasks task todo todos to-do to-dos list
      things thing stuff everything ones got have has still left due open pending unfinished current now coming and so plate
      calendar schedule agenda plan plans planned scheduled with should must need did was were been next up it this day does overview`.split(
        /\s+/,
      ),
    ),
    about: /\b(?:about|containing|named|called|mentioning|matching)\b(?<o>.*)$/u,
    series: /\b(?:recurring|repeating|series)\b|\brepeats?\b/u,
    tag: /\btag(?:ged)?(?: with| as)? #?(?<o>[\p{L}\p{M}\p{N}_-]{1,50})/u,
    category: /\bcategory (?<o>\p{L}[\p{L}\p{M}\p{N}_-]*)/u,
    priorities: [
      [/\bhigh[ -]priority\b|\bpriority high\b|\b(?:urgent|important)\b|!high\b/u, 'high'],
      [/\bmedium[ -]priority\b|\bpriority medium\b|!medium\b/u, 'medium'],
      [/\blow[ -]priority\b|\bpriority low\b|!low\b/u, 'low'],
    ],
    openAndCompleted: /\bopen and (?:completed|done)\b/u,
    completed: /\b(?:i )?(?:already )?(?:completed?|finish(?:ed)?|done|closed)\b/u,
    overdue: /\boverdue\b|\blate\b/u,
    week: /\b(?:(?:for |in )?(?:this|the|my|the coming) week|(?:the )?next (?:7|seven) days)\b|^ ?week$/u,
    today: /\b(?:today(?:'s)?|tonight)(?!\S)|\bmy day\b|^ ?(?:the )?day$/u,
    tomorrow: /\btomorrow(?:'s)?(?= (?:tasks|agenda|plan))|\btomorrow$/u,
    nextWeek: /(?:\bdue )?(?:\b(?:in|on|for|during) )?\bnext week$/u,
    weekend: {
      this: /(?:\bdue )?(?:\b(?:in|on|for|during) )?\b(?:this|the) weekend$/u,
      next: /(?:\bdue )?(?:\b(?:in|on|for|during) )?\bnext weekend$/u,
    },
    month: {
      this: /(?:\bdue )?(?:\b(?:in|on|for|during) )?\b(?:this|the) month$/u,
      next: /(?:\bdue )?(?:\b(?:in|on|for|during) )?\bnext month$/u,
    },
    isAgenda:
      /\bdue\b|\bup\b|\bnext\b|\bshould i\b|\bmust i\b|\bplate\b|\bagenda\b|\bcalendar\b|\bschedule\b|\boverview\b/u,
    isTasks: /\b(?:tasks?|todos?|to-dos?|list|things|stuff|everything|to do|do i have|have i got|i have)\b/u,
  },
}
