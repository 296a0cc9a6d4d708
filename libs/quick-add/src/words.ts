/** Parts of the grammar that readers share, as sources of regular expressions (all with the flags `iu`). */

/** The start of a word: no letter, digit or sign before it that would make it part of another word. */
export const begin = String.raw`(?<![\p{L}\p{N}_'’./#@&-])`
export const end = String.raw`(?![\p{L}\p{N}_]|['’/-][\p{L}\p{N}])`

/**
 * What may follow words that often mean something else ("at 9", "weekly"): nothing, a sign, a part already understood,
 * or a word that starts another part. "look at 9 houses" and "write the weekly report" are titles.
 */
export const follows = String.raw`(?=\s*(?:$|[;,.!?)#@/]|(?:at|on|in|from|starting|until|till|for|with|to|about|and|before|by|due|every|each|remind|today|tomorrow|tonight|this|next|after)${end}))`

/** What separates the items of a list. */
export const and = String.raw`\s*(?:,\s*and\s|,|\band\s|&|/)\s*`

export const number = String.raw`(?:\d{1,4}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)`
const numbers = 'zero one two three four five six seven eight nine ten eleven twelve'.split(' ')
export const numberOf = (text: string): number =>
  /^an?$|^the$/i.test(text) ? 1 : /^\d/.test(text) ? Number.parseInt(text, 10) : numbers.indexOf(text.toLowerCase())

export const weekdays = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']
export const weekday = `(?:mon(?:days?)?|tue(?:s|sdays?)?|wed(?:nesdays?)?|thu(?:rs?|rsdays?)?|fri(?:days?)?|sat(?:urdays?)?|sun(?:days?)?)`
/** RFC 5545's name of a weekday. */
export const weekdayOf = (text: string): string => text.slice(0, 2).toUpperCase()

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
export const month = `(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)`
export const monthOf = (text: string): number => months.indexOf(text.slice(0, 3).toLowerCase()) + 1

export interface TimeOfDay {
  hour: number
  minute: number
}

/** The hours of the parts of the day. */
export const partOfDay = `(?:morning|afternoon|evening|night)`
export const hourOfPart = (text: string): number | undefined =>
  ({ morning: 9, afternoon: 15, evening: 19, night: 21 })[
    /morning|afternoon|evening|night/i.exec(text)?.[0]?.toLowerCase() ?? ''
  ]

/** An unambiguous time: "9:30", "9pm", "noon". */
export const clearTime = String.raw`(?:\d{1,2}(?:[:.]\d\d)?\s?(?:am|pm|a\.m\.|p\.m\.)|\d{1,2}:\d\d|noon|midnight)`
/** Undefined for an impossible time, such as 25:00. */
export const timeOf = (text: string): TimeOfDay | undefined => {
  if (/noon/i.test(text)) return { hour: 12, minute: 0 }
  if (/midnight/i.test(text)) return { hour: 0, minute: 0 }
  const [, hours = '', minutes = '0', half] = /^(\d{1,2})(?:[:.](\d\d))?\s?([ap])?/i.exec(text) ?? []
  const [hour, minute] = [Number(hours), Number(minutes)]
  if (hours === '' || minute > 59 || hour > (half ? 12 : 23) || (half && hour === 0)) return undefined
  return { hour: half ? (hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0) : hour, minute }
}
