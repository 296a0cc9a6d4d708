import { type BaseDeps, endpoint } from '@taskflow/service-kit'
import { instantInput, readCursor, writeCursor } from '@taskflow/tasks'
import { z } from 'zod'
import { pageOf, pageQuery } from '../../../http/schemas.ts'
import { findConversations, showConversation, shownConversation } from '../conversations.ts'

const cursorOf = ['conversations']
const key = z.tuple([instantInput, z.uuid()])

const page = pageOf('ConversationPage', shownConversation)

export const listConversations = ({ db, clock }: BaseDeps) =>
  endpoint({
    method: 'get',
    path: '/api/v1/chat/conversations',
    summary: 'List your conversations with the assistant, the one used last first',
    access: 'user',
    query: z.strictObject(pageQuery),
    answers: { 200: page },
    handle: async ({ query: { limit, cursor }, user }) => {
      const [updated_at, id] = cursor === undefined ? [] : readCursor(cursorOf, key, cursor)
      const after = updated_at && id ? { updated_at, id } : undefined
      const rows = await findConversations(db, user.user_id, { limit: limit + 1, after })
      const data = rows.slice(0, limit)
      const last = rows.length > limit ? data.at(-1) : undefined
      const next_cursor = last ? writeCursor(cursorOf, [last.updated_at, last.id]) : null
      return { status: 200, body: { data: data.map((row) => showConversation(row, clock.now())), next_cursor } }
    },
  })
