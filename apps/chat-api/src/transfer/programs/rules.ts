import { checkRule, RecurrenceError } from '@taskflow/recurrence'
import type { Notes } from '../import-note.ts'

/** The fields of an RRULE as other programs write it; undefined, and noted, when it cannot be used. */
export const ruleFields = (written: string, field: string, notes: Notes): Record<string, unknown> | undefined => {
  const parts = written
    .trim()
    .replace(/^RRULE:/i, '')
    .toUpperCase()
    .split(';')
  const own = parts.filter((part) => /^(?:TT_|X-)/.test(part))
  if (own.length > 0) notes.leftOut(field, 'rule-part', `of its rule, ${own.join(', ').slice(0, 100)} is not supported`)
  const recurrence_rule = parts.filter((part) => part !== '' && !own.includes(part)).join(';')
  if (recurrence_rule === '') return undefined
  try {
    checkRule(recurrence_rule)
    return { recurrence_rule }
  } catch (error) {
    if (!(error instanceof RecurrenceError)) throw error
    notes.leftOut(field, 'rule-unreadable', `"${written.slice(0, 60)}" cannot be used: ${error.part}: ${error.message}`)
    return undefined
  }
}
