import { endpoint, invalid } from '@taskflow/service-kit'
import { z } from 'zod'
import { streamAnswer } from '../http/event-stream.ts'
import type { LiveDeps } from './deps.ts'

/** What happens to the user's tasks and reminders, as it happens. */
export const streamEvents = ({ liveFeed, accessControl }: LiveDeps) =>
  endpoint({
    method: 'get',
    path: '/api/v1/events',
    summary: 'Your events live, as Server-Sent Events; Last-Event-ID goes on where a stream ended',
    access: 'user',
    query: z.strictObject({ last_event_id: z.string().max(30).optional() }),
    produces: 'text/event-stream',
    answers: { 200: z.string() },
    handle: async ({ user, headers, query }) => {
      const given = headers['last-event-id'] ?? query.last_event_id
      if (given !== undefined && !/^\d{1,18}$/.test(String(given)))
        throw invalid('last_event_id', 'must be the id of an event of this stream')
      const mayGoOn = () =>
        accessControl.authenticate(headers.authorization).then(
          () => true,
          () => false,
        )
      const after = given === undefined ? undefined : BigInt(String(given))
      return streamAnswer(await liveFeed.open(user.user_id, after, mayGoOn))
    },
  })
