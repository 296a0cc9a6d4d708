import { skipToken, useQuery } from '@tanstack/react-query'
import { api, bodyOf } from '../api/api.ts'
import type { AuditRecord } from '../api/openapi.d.ts'
import { queryClient } from '../api/query-client.ts'

/** Something that happened to a task, from the audit log or a live event. */
export type Activity = Pick<AuditRecord, 'event_id' | 'type' | 'time' | 'data'>

const maxShown = 50
const liveKey = (task_id: string) => ['live', task_id]

/** Adds a live event. It is shown at once: the audit log may record it a moment later. */
export const addActivity = (task_id: string, activity: Activity): void => {
  queryClient.setQueryData<Activity[]>(liveKey(task_id), (live = []) => mergeActivities([activity], live))
  void queryClient.invalidateQueries({ queryKey: ['activity', task_id] })
}

/**
 * What has happened to a task, newest first: the records of the audit log and the live events that it does not have
 * yet.
 */
export const useActivities = (task_id: string) => {
  const { data: logged, error } = useQuery({
    queryKey: ['activity', task_id],
    queryFn: ({ signal }) => bodyOf(api.GET('/audit', { params: { query: { task_id, limit: maxShown } }, signal })),
    staleTime: 0,
  })
  const { data: live = [] } = useQuery<Activity[]>({ queryKey: liveKey(task_id), queryFn: skipToken })
  return { activities: mergeActivities(logged?.data ?? [], live), error }
}

/** Each event once, newest first. */
export const mergeActivities = (logged: readonly Activity[], live: readonly Activity[]): Activity[] => {
  const known = new Set(logged.map(({ event_id }) => event_id))
  return [...logged, ...live.filter(({ event_id }) => !known.has(event_id))]
    .toSorted((a, b) => Date.parse(b.time) - Date.parse(a.time))
    .slice(0, maxShown)
}
