import type { DataOf, reminderDue } from '@taskflow/event-contracts'

/** What a reminder says. */
export type ReminderContent = Pick<DataOf<typeof reminderDue>, 'reminder' | 'task' | 'late'>

export interface ReminderMail {
  subject: string
  text: string
  html: string
}

/** Writes the mail of a reminder, times in the task's zone and in the reader's language. */
export const reminderMail = (
  { task, late }: ReminderContent,
  reader: { name: string; locale: string },
  publicUrl: string,
): ReminderMail => {
  const due = task.due_date ? dateText(task.due_date, task.time_zone, reader.locale) : undefined
  const lines = [
    `Hello ${reader.name},`,
    `this is your reminder of: ${task.title}`,
    ...(due ? [`Due: ${due}`] : []),
    ...(task.priority === 'high' ? ['Priority: high'] : []),
    ...(task.description ? [task.description] : []),
    ...(late ? ['This reminder comes late: we could not send it at its time.'] : []),
  ]
  const paragraphs = lines.map((line) => `<p>${escapeHtml(line).replaceAll('\n', '<br>')}</p>`)
  return {
    subject: `Reminder: ${oneLine(task.title)}`,
    text: `${lines.join('\n\n')}\n\n-- \nTaskFlow, ${publicUrl}\n`,
    html: `<!doctype html><html lang="en"><body>${paragraphs.join('')}<hr><p><a href="${escapeHtml(publicUrl)}">TaskFlow</a></p></body></html>`,
  }
}

const dateText = (instant: string, time_zone: string, locale: string): string =>
  `${Temporal.Instant.from(instant).toZonedDateTimeISO(time_zone).toLocaleString(locale, { dateStyle: 'full', timeStyle: 'short' })} (${time_zone})`

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim()

const escapeHtml = (text: string): string =>
  text.replaceAll(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`)
