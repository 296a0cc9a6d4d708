import { type BaseDeps, endpoint } from '@taskflow/service-kit'
import { z } from 'zod'
import { idParams } from '../../../http/schemas.ts'
import { findConversation } from '../conversations.ts'
import type { Turns } from '../turn/turns.ts'
import { streamHeaders } from './send-message.ts'

export const resumeStream = ({ db }: BaseDeps, turns: Turns) =>
  endpoint({
    method: 'get',
    path: '/api/v1/chat/:id/stream',
    summary:
      'Listen, from its beginning, to the answer that is being made in a conversation; 204 when none is made here',
    access: 'user',
    params: idParams,
    produces: 'text/event-stream',
    answers: { 200: z.string(), 204: null },
    handle: async ({ params, user }) => {
      await findConversation(db, user.user_id, params.id)
      const stream = turns.follow(params.id)
      return stream ? { status: 200, body: stream, headers: streamHeaders } : { status: 204 }
    },
  })
