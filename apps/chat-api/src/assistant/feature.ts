import type { Feature } from '../http/feature.ts'
import { removeConversationsOf } from './chat/conversations.ts'
import { cancelAction } from './chat/endpoints/cancel-action.ts'
import { confirmAction } from './chat/endpoints/confirm-action.ts'
import { deleteConversation } from './chat/endpoints/delete-conversation.ts'
import { getConversation } from './chat/endpoints/get-conversation.ts'
import { listActions } from './chat/endpoints/list-actions.ts'
import { listConversations } from './chat/endpoints/list-conversations.ts'
import { resumeStream } from './chat/endpoints/resume-stream.ts'
import { sendMessage } from './chat/endpoints/send-message.ts'
import { undoAction } from './chat/endpoints/undo-action.ts'
import { createTurns } from './chat/turn/turns.ts'
import type { AssistantDeps } from './deps.ts'
import type { Offer } from './mcp/offer.ts'
import { offerTasks } from './mcp/offer-tasks.ts'
import { serveMcp } from './mcp/serve-mcp.ts'

/** The tools of the assistant, in a chat and over MCP. `offer` is what MCP clients are offered. */
export const assistant = (deps: AssistantDeps, offer: Offer = offerTasks(deps)): Feature => {
  const turns = createTurns(deps)
  return {
    endpoints: [
      ...serveMcp(deps, offer),
      sendMessage(turns),
      resumeStream(deps, turns),
      listConversations(deps),
      getConversation(deps),
      deleteConversation(deps, turns),
      listActions(deps),
      confirmAction(deps),
      cancelAction(deps),
      undoAction(deps),
    ],
    loops: [deps.mcpCalls.loop, turns.loop],
    forget: removeConversationsOf,
  }
}
