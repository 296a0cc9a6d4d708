import { endpoint } from '@taskflow/service-kit'
import { z } from 'zod'
import { streamAnswer } from '../../http/event-stream.ts'
import type { OperationDeps } from '../deps.ts'
import { eventFilter, fits } from './event-query.ts'

/** Events of all users as they are recorded. That it was opened is audited, not what came then. */
export const tailEvents = ({ eventTail, accessControl }: OperationDeps) =>
  endpoint({
    method: 'get',
    path: '/api/v1/admin/events/stream',
    summary: 'The events of all users live, as Server-Sent Events: record, skipped, trouble, recovered',
    access: 'admin',
    query: z.strictObject(eventFilter),
    produces: 'text/event-stream',
    answers: { 200: z.string() },
    handle: async ({ query, headers }) => {
      const mayGoOn = () =>
        accessControl.authenticate(headers.authorization).then(
          ({ role, scopes }) => role === 'admin' && scopes.includes('admin'),
          () => false,
        )
      return streamAnswer(eventTail.open(fits(query), mayGoOn))
    },
  })
