import { execFile } from 'node:child_process'
import { existsSync, globSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { eventTemplate } from './events.ts'

/** pgbench on PATH or where Debian installs it; undefined when it is not installed. */
export const findPgbench = (): string | undefined =>
  [
    ...(process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, 'pgbench')),
    ...globSync('/usr/lib/postgresql/*/bin/pgbench').toReversed(),
  ].find((file) => existsSync(file))

/** The inserts of POST /tasks and nothing else. */
const script = `
BEGIN;
INSERT INTO tasks.tasks (id, user_id, title, description, priority, due_date, time_zone, is_completed, recurrence_interval,
    recurrence_mode, recurrence_anchor, recurrence_catch_up, tags, version, created_at, updated_at)
  VALUES (uuidv7(), '31fc0d56-9e45-4208-bf62-26560d29971f', 'Pay the rent for the flat',
    'By standing order, to the account of the landlord', 'medium', '2031-01-31T08:00:00Z', 'Europe/Berlin', false, 1,
    'on_completion', 'due_date', 'skip', '{home,money}', 1, now(), now());
INSERT INTO tasks.outbox (event_id, topic, key, event)
  VALUES (uuidv7(), 'task-events', uuidv7()::text, '${eventTemplate('task-events')}');
COMMIT;
`

/** Transactions per second of 16 clients that make the two inserts of POST /tasks. */
export const runPgbench = async (
  program: string,
  options: { databaseUrl: string; folder: string; seconds: number },
): Promise<number> => {
  const file = join(options.folder, 'post-tasks.pgbench.sql')
  await writeFile(file, script)
  const args = ['--no-vacuum', '-c', '16', '-j', '2', '-T', String(options.seconds), '-f', file, options.databaseUrl]
  const { stdout } = await promisify(execFile)(program, args)
  const tps = /tps = ([\d.]+)/.exec(stdout)?.[1]
  if (!tps) throw new Error(`pgbench reported no tps: ${stdout}`)
  return Number(tps)
}
