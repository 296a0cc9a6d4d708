import { type BaseDeps, endpoint, invalid } from '@taskflow/service-kit'
import { z } from 'zod'
import { pageOf, pageQuery } from '../../../http/schemas.ts'
import { findActions, showAction, shownAction } from '../actions.ts'

const page = pageOf('ChatActionPage', shownAction)

/** The cursor is the id of the last action of a page. */
export const listActions = ({ db, clock }: BaseDeps) =>
  endpoint({
    method: 'get',
    path: '/api/v1/chat/actions',
    summary: 'List what the assistant changed, or wants to change and you must confirm; newest first',
    access: 'user',
    query: z.strictObject({
      ...pageQuery,
      state: shownAction.shape.state.optional(),
      conversation_id: z.uuid().optional(),
    }),
    answers: { 200: page },
    handle: async ({ query: { limit, cursor, ...filter }, user }) => {
      if (cursor !== undefined && !z.uuid().safeParse(cursor).success) {
        throw invalid('cursor', 'is not a cursor of this list; begin again without one')
      }
      const now = clock.now()
      const rows = await findActions(db, user.user_id, filter, { limit: limit + 1, cursor, now })
      const data = rows.slice(0, limit)
      const next_cursor = rows.length > limit ? data.at(-1)!.id : null
      return { status: 200, body: { data: data.map((row) => showAction(row, now)), next_cursor } }
    },
  })
