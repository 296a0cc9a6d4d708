import { readFileSync } from 'node:fs'
import type { LedgerRow } from '@taskflow/database'
import { reminderLateAfter } from '@taskflow/event-contracts'
import Mustache from 'mustache'
import { type Delivery, isSameMoment, type ReminderContent } from './delivery.ts'
import type { MailLinks } from './mail-links.ts'
import { type MailTexts, mailTextsFor } from './mail-texts.ts'
import type { Mail } from './mailer.ts'
import { taskCalendar } from './task-calendar.ts'

const template = (name: string) => readFileSync(new URL(`../../templates/${name}`, import.meta.url), 'utf8')
const templates = {
  reminder: { text: template('reminder.txt'), html: template('reminder.html') },
  digest: { text: template('digest.txt'), html: template('digest.html') },
}

export interface Writer {
  links: MailLinks
  publicUrl: string
  now: Temporal.Instant
}

interface Reader {
  time_zone: string
  locale: string
}

/** Writes the mail of a delivery, with times in the reader's zone and language. The templates escape values. */
export const reminderMail = async (
  { rows: all, recipient, digest, message_id }: Delivery,
  writer: Writer,
): Promise<Mail> => {
  const host = new URL(writer.publicUrl).hostname
  // Reminders of one task and moment say the same.
  const rows = all.filter((row, index) => all.findIndex((each) => isSameMoment(each, row)) === index)
  const { language, texts } = mailTextsFor(recipient.locale)
  const reminders = await Promise.all(rows.map((row) => viewOf(row, recipient, texts, writer)))
  const unsubscribe_url = await writer.links.unsubscribe(rows[0]!, recipient.email)
  const what = digest === null ? 'reminder' : 'digest'
  const day = digest && dayText(digest, recipient)
  const view = {
    ...reminders[0],
    reminders,
    texts,
    hello: texts.hello(recipient.name),
    remindersOf: day && texts.remindersOf(day),
    unsubscribe_url,
    home: writer.publicUrl,
  }
  const calendars = rows.flatMap((row) => taskCalendar(row.content as ReminderContent, { host, now: writer.now }) ?? [])
  return {
    to: { name: recipient.name, address: recipient.email },
    message_id,
    unsubscribe_url,
    subject: day ? texts.digestSubject(day, rows.length) : texts.reminderSubject(reminders[0]!.title),
    text: Mustache.render(templates[what].text, view, {}, { escape: String }),
    html: page(language, Mustache.render(templates[what].html, view)),
    attachments: calendars.map((content, index) => ({
      filename: calendars.length === 1 ? 'task.ics' : `task-${index + 1}.ics`,
      content,
      contentType: 'text/calendar; charset=utf-8; method=PUBLISH',
    })),
  }
}

export const page = (language: string, content: string): string => `<!doctype html>
<html lang="${language}">
<body style="font: 16px/1.5 sans-serif; color: #1b1b1b">
${content}</body>
</html>
`

const viewOf = async (row: LedgerRow, reader: Reader, texts: MailTexts, { links, now }: Writer) => {
  const { task, late } = row.content as ReminderContent
  const isLate = late || Temporal.Instant.compare(now.subtract(reminderLateAfter), row.fired_for) > 0
  return {
    title: oneLine(task.title),
    description: task.description,
    due: task.due_on ? dayText(task.due_on, reader) : task.due_date && dueText(task.due_date, task.time_zone, reader),
    is_high: task.priority === 'high',
    late: isLate && texts.late(dateText(row.fired_for, reader.time_zone, reader.locale)),
    complete_url: await links.create('complete', row),
    snooze_url: await links.create('snooze', row),
  }
}

/** In the reader's zone, and in the task's where the clocks differ. */
const dueText = (due_date: string, task_zone: string, { time_zone, locale }: Reader): string => {
  const here = dateText(due_date, time_zone, locale)
  const instant = Temporal.Instant.from(due_date)
  const [own, other] = [instant.toZonedDateTimeISO(time_zone), instant.toZonedDateTimeISO(task_zone)]
  if (own.toPlainDateTime().equals(other.toPlainDateTime())) return here
  return `${here}, ${dateText(due_date, task_zone, locale)}`
}

/** An instant in words, on a reader's clock and in their language. */
export const dateText = (instant: string, time_zone: string, locale: string): string =>
  `${Temporal.Instant.from(instant).toZonedDateTimeISO(time_zone).toLocaleString(locale, { dateStyle: 'full', timeStyle: 'short' })} (${time_zone})`

const dayText = (date: string, { locale }: Reader): string =>
  Temporal.PlainDate.from(date).toLocaleString(locale, { dateStyle: 'full' })

export const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim()
