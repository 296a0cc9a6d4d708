import { sql } from 'drizzle-orm'
import { boolean, date, integer, pgSchema, text, uuid } from 'drizzle-orm/pg-core'
import { instantColumn } from './instant.ts'

export const remindersSchema = pgSchema('reminders')

/** Projection of task events; a task that is over stays for a while as a tombstone without content. */
export const remindedTasks = remindersSchema.table('tasks', {
  id: uuid().primaryKey(),
  user_id: uuid().notNull(),
  version: integer().notNull(),
  title: text(),
  description: text(),
  priority: text({ enum: ['low', 'medium', 'high'] }),
  due_date: instantColumn(),
  due_on: date(),
  time_zone: text(),
  is_over: boolean().notNull(),
  changed_at: instantColumn().notNull().default(sql`now()`),
})

export const schedule = remindersSchema.table('schedule', {
  reminder_id: uuid().primaryKey(),
  task_id: uuid().notNull(),
  user_id: uuid().notNull(),
  type: text({ enum: ['24_hours_before', '1_hour_before', 'before', 'after', 'at'] }).notNull(),
  at: instantColumn().notNull(),
  fired_at: instantColumn(),
  traceparent: text(),
})
