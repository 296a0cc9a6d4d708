import { type BaseDeps, endpoint } from '@taskflow/service-kit'
import { idParams } from '../../../http/schemas.ts'
import { removeConversation } from '../conversations.ts'
import type { Turns } from '../turn/turns.ts'

export const deleteConversation = ({ transaction }: BaseDeps, turns: Turns) =>
  endpoint({
    method: 'delete',
    path: '/api/v1/chat/conversations/:id',
    summary: 'Delete a conversation: its messages are forgotten, and its changes stay but cannot be undone here',
    access: 'user',
    params: idParams,
    answers: { 204: null },
    handle: async ({ params: { id }, user, origin }) => {
      await transaction((tx) => removeConversation(tx, user.user_id, id), origin)
      turns.cancel(id)
      turns.loop.wake()
      return { status: 204 }
    },
  })
