import { de } from '../src/texts/de.ts'
import { en } from '../src/texts/en.ts'
import { es } from '../src/texts/es.ts'
import { fr } from '../src/texts/fr.ts'
import type { Call } from './world.ts'

const introductions = [en, de, fr, es].map(({ introduction }) => introduction)

const local = (instant: string, time_zone: string): string =>
  instant.length === 10
    ? instant
    : Temporal.Instant.from(instant)
        .toZonedDateTimeISO(time_zone)
        .toPlainDateTime()
        .toString({ smallestUnit: 'minute' })

/** A summary of an answer: the tool calls, else the question or the first sentence. */
export const outcomeOf = (calls: Call[], answer: string, time_zone: string): string => {
  const done = calls.flatMap((call) => inShort(call, time_zone) ?? [])
  const text = introductions.reduce((left, each) => left.replace(`${each}\n\n`, ''), answer)
  const choices = [...text.matchAll(/^\d+\. “([^”]*)”/gm)].map(([, title]) => title)
  const question = /^.*(?:should I|soll ich|dois-je|debo|quieres que).*\?$/im.exec(text)?.[0]
  if (question)
    return [
      ...done,
      `asks: ${question.replace(/^.*\. (?=\S)/, '')}${choices.length > 0 ? ` ${choices.join(' | ')}` : ''}`,
    ].join('; ')
  return done.length > 0 ? done.join('; ') : `says: ${text.split('\n')[0]!.split(/(?<=[.!:]) /)[0]}`
}

const titleOf = (id: string): string => id.replace(/^(?:series of )?id of /, '')

const inShort = ({ tool, input }: Call, time_zone: string): string | undefined => {
  const titles = (input.ids ?? []).map(titleOf).join(' | ')
  switch (tool) {
    case 'search':
      return input.state === 'all' ? `find ${input.query}` : undefined
    case 'find_tasks': {
      const { limit: _, state, ...filter } = input
      return `list ${[state, ...Object.values(filter)].join(' ')}`
    }
    case 'list_recurring':
      return input.is_active === undefined ? 'list series' : undefined
    case 'agenda':
      return `agenda ${input.range}`
    case 'add_tasks':
      return input.tasks
        .map(({ title, due_date, time_zone: _, reminders, ...more }: Call['input']) =>
          [
            `add ${title}`,
            ...(due_date ? [`@${local(due_date, time_zone)}`] : []),
            ...Object.values(more).flat(),
            ...(reminders ?? []).map(
              (each: Call['input']) => `remind ${each.type} ${each.offset ?? local(each.at, time_zone)}`,
            ),
          ].join(' '),
        )
        .join('; ')
    case 'complete_tasks':
      return `complete ${titles}`
    case 'delete_tasks':
      return `delete ${titles}`
    case 'reopen':
      return `reopen ${titles}`
    case 'restore_tasks':
      return `restore ${titles}`
    case 'reschedule':
      return input.moves
        .map(
          ({ id, due_date }: Call['input']) =>
            `move ${titleOf(id)} @${due_date ? local(due_date, time_zone) : 'never'}`,
        )
        .join('; ')
    case 'update_tasks':
      return input.updates
        .map(({ id, changes }: Call['input']) => {
          const { due_date, recurrence_rule, recurrence_interval } = changes
          return `repeat ${titleOf(id)} ${recurrence_rule} x${recurrence_interval}${due_date ? ` @${local(due_date, time_zone)}` : ''}`
        })
        .join('; ')
    case 'add_reminder':
      return `remind of ${titleOf(input.id)} ${input.reminder.type} ${input.reminder.offset ?? local(input.reminder.at, time_zone)}`
    case 'snooze':
      return `snooze ${titleOf(input.id)} ${input.for ?? local(input.until, time_zone)}`
    case 'pause_series':
    case 'resume_series':
      return `${tool.replace('_series', '')} ${titleOf(input.series_id)}`
    case 'preview_recurrence':
      return `preview ${input.rule ?? input.pattern} x${input.interval} @${input.start} ${input.count}`
    case 'audit_trail':
      return `history ${titleOf(input.task_id)}`
    default:
      return tool
  }
}
