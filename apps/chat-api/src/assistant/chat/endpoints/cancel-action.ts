import { endpoint } from '@taskflow/service-kit'
import { idParams } from '../../../http/schemas.ts'
import type { AssistantDeps } from '../../deps.ts'
import { showAction, shownAction } from '../actions.ts'
import { cancelPending } from '../confirmation/settle-pending.ts'

export const cancelAction = (deps: AssistantDeps) =>
  endpoint({
    method: 'post',
    path: '/api/v1/chat/actions/:id/cancel',
    summary: 'Cancel a pending action',
    access: 'user',
    params: idParams,
    answers: { 200: shownAction },
    handle: async ({ params, user, origin }) => {
      const action = await cancelPending(deps, { user, origin }, params.id)
      return { status: 200, body: showAction(action, deps.clock.now()) }
    },
  })
