import type pg from 'pg'
import { type Clock, systemClock } from '../clock.ts'

/** The clock of the database: the same for all replicas, whatever their machines say. */
export interface DatabaseClock extends Clock {
  /** Compares it with the database; until then it is the machine's. */
  follow(client: Pick<pg.Pool, 'query'>): Promise<void>
}

export const createDatabaseClock = (machine: Clock = systemClock): DatabaseClock => {
  let ahead = 0
  return {
    now: () => machine.now().subtract({ milliseconds: ahead }),
    follow: async (client) => {
      const asked = machine.now().epochMilliseconds
      const { rows } = await client.query<{ now: number }>(
        'SELECT extract(epoch FROM clock_timestamp())::float * 1000 AS now',
      )
      const answered = machine.now().epochMilliseconds
      const measured = (asked + answered) / 2 - rows[0]!.now
      // Within the time of the answer, the clocks agree.
      if (Math.abs(measured - ahead) > (answered - asked) / 2 + 1) ahead = Math.round(measured)
    },
  }
}

/** Sets a clock that follows the database; others, as in tests, are left alone. Loops do it before they look at times. */
export const followDatabase = async (clock: Clock | DatabaseClock, client: Pick<pg.Pool, 'query'>): Promise<void> => {
  if ('follow' in clock) await clock.follow(client)
}
