import type { RecurrencePreview } from '../api/openapi.d.ts'
import { offsetAt } from '../time/zone.ts'

export interface Remark {
  /** The local date it is about. */
  date: string
  text: string
}

const hour = 3_600_000
const timeOf = (local: string) => local.slice(11, 16)

/**
 * What clock changes do to the dates of a rule: a time that does not exist, one that comes twice, and from which date
 * the same time is another one in UTC. `usual` is the time of the day that the rule means; undefined when it means
 * several.
 */
export const remarkOnClocks = (
  occurrences: RecurrencePreview['occurrences'],
  zone: string,
  usual: string | undefined,
): Remark[] =>
  occurrences.flatMap(({ local, utc }, index) => {
    const instant = Date.parse(utc)
    const date = local.slice(0, 10)
    const offset = offsetAt(instant, zone)
    const before = occurrences[index - 1]
    const change = before ? offset - offsetAt(Date.parse(before.utc), zone) : 0
    const later = offset - offsetAt(instant + 3 * hour, zone)
    if (usual !== undefined && timeOf(local) !== usual)
      return [{ date, text: `The clocks go forward and leave out ${usual}: due at ${timeOf(local)}.` }]
    if (later > 0 && comesAgain(instant, later, zone))
      return [{ date, text: `The clocks go back and ${timeOf(local)} comes twice: the first one counts.` }]
    if (change !== 0)
      return [
        {
          date,
          text: `The clocks have gone ${change > 0 ? 'forward' : 'back'} since the last one; it stays ${timeOf(local)}.`,
        },
      ]
    return []
  })

/** Whether the clock shows the same time once more after going back. */
const comesAgain = (instant: number, by: number, zone: string) =>
  offsetAt(instant + by, zone) === offsetAt(instant, zone) - by
