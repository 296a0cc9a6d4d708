import { skipToken, useQuery } from '@tanstack/react-query'
import { api, bodyOf } from '../api/api.ts'
import type { AuditRecord } from '../api/openapi.d.ts'
import { queryClient } from '../api/query-client.ts'

/** Something that happened to a task, as the audit log and the live events say it. */
export type Activity = Pick<AuditRecord, 'event_id' | 'type' | 'time' | 'data'>

const maxShown = 50
const heardKey = (task_id: string) => ['heard', task_id]

/** A live event: it is shown at once, whether or not the audit log has recorded it yet. */
export const addActivity = (task_id: string, activity: Activity): void => {
  queryClient.setQueryData<Activity[]>(heardKey(task_id), (heard = []) => mergeActivities([activity], heard))
  void queryClient.invalidateQueries({ queryKey: ['activity', task_id] })
}

/** What has happened to a task, newest first: what the audit log has, and what was heard live since. */
export const useActivities = (task_id: string) => {
  const { data: logged, error } = useQuery({
    queryKey: ['activity', task_id],
    queryFn: ({ signal }) => bodyOf(api.GET('/audit', { params: { query: { task_id, limit: maxShown } }, signal })),
    staleTime: 0,
  })
  const { data: heard = [] } = useQuery<Activity[]>({ queryKey: heardKey(task_id), queryFn: skipToken })
  return { activities: mergeActivities(logged?.data ?? [], heard), error }
}

/** Each event once, newest first. */
export const mergeActivities = (logged: readonly Activity[], heard: readonly Activity[]): Activity[] => {
  const known = new Set(logged.map(({ event_id }) => event_id))
  return [...logged, ...heard.filter(({ event_id }) => !known.has(event_id))]
    .toSorted((a, b) => Date.parse(b.time) - Date.parse(a.time))
    .slice(0, maxShown)
}
