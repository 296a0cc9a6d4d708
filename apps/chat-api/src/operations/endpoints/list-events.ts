import { type BaseDeps, endpoint } from '@taskflow/service-kit'
import { z } from 'zod'
import { pageOf, pageQuery } from '../../http/schemas.ts'
import { type EventRecord, eventFilter, eventRecord, eventSearch, withTopic } from './event-query.ts'

const page = pageOf('EventRecordPage', eventRecord)

/** The events of all users as the audit log has them, newest first. */
export const listEvents = ({ sidecar }: Pick<BaseDeps, 'sidecar'>) =>
  endpoint({
    method: 'get',
    path: '/api/v1/admin/events',
    summary: 'List the events of all users, newest first',
    access: 'admin',
    query: z.strictObject({ ...pageQuery, ...eventFilter }),
    answers: { 200: page },
    handle: async ({ query: { limit, cursor, ...filter }, origin }) => {
      const search = eventSearch(filter)
      if (!search) return { status: 200, body: { data: [], next_cursor: null } }
      search.set('limit', String(limit))
      if (cursor !== undefined) search.set('cursor', cursor)
      const { data, next_cursor } = await sidecar.invoke<{ data: EventRecord[]; next_cursor: string | null }>(
        'audit-logger',
        `audit/events?${search}`,
        origin,
      )
      return { status: 200, body: { data: data.map(withTopic), next_cursor } }
    },
  })
