import { type Chrono, en, type Parser } from 'chrono-node'

/** Dates that chrono does not know. `context.reference` is the wall clock as if it were UTC. */
const own: Parser[] = [
  {
    pattern: () => /\b(?:the\s+)?day\s+after\s+tomorrow\b/i,
    extract: (context) => components(today(context.reference.instant).add({ days: 2 })),
  },
  {
    // "on the 15th": the next month that has such a day.
    pattern: () => /\b(?:on|by|due|before|from|until|till|starting)\s+the\s+(\d{1,2})(?:st|nd|rd|th)\b(?!\s+of\b)/i,
    extract: (context, match) => {
      const day = Number(match[1])
      if (day < 1 || day > 31) return null
      const now = today(context.reference.instant)
      const months = [0, 1, 2].map((months) => now.with({ day: 1 }).add({ months }))
      const fits = months.find((first) => day <= first.daysInMonth && (first.month !== now.month || day >= now.day))
      return components(fits!.with({ day }))
    },
  },
  {
    pattern: () => /\b(?:eod|(?:the\s+)?end\s+of\s+(?:the\s+)?day)\b/i,
    extract: (context) => ({ ...components(today(context.reference.instant)), hour: 23, minute: 59 }),
  },
]

const today = (instant: Date) => Temporal.PlainDate.from(instant.toISOString().slice(0, 10))
const components = ({ year, month, day }: Temporal.PlainDate) => ({ year, month, day })

const withOwn = (chrono: Chrono): Chrono => {
  const copy = chrono.clone()
  copy.parsers.unshift(...own)
  return copy
}

const monthFirst = withOwn(en.casual)
const dayFirst = withOwn(en.GB)

/** Locales in which 12/5 is the 5th of December: those of the United States, and English without a country. */
export const chronoFor = (locale: string | undefined): Chrono => {
  try {
    return new Intl.Locale(locale ?? 'en').maximize().region === 'US' ? monthFirst : dayFirst
  } catch {
    return monthFirst
  }
}
