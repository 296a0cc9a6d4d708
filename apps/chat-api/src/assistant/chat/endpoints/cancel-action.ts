import { endpoint } from '@taskflow/service-kit'
import { idParams } from '../../../http/schemas.ts'
import type { AssistantDeps } from '../../deps.ts'
import { showAction, shownAction } from '../actions.ts'
import { cancelAction as cancel } from '../confirm-action.ts'

export const cancelAction = (deps: AssistantDeps) =>
  endpoint({
    method: 'post',
    path: '/api/v1/chat/actions/:id/cancel',
    summary: 'Let be what waits for you',
    access: 'user',
    params: idParams,
    answers: { 200: shownAction },
    handle: async ({ params, user, origin }) => {
      const action = await cancel(deps, { user, origin }, params.id)
      return { status: 200, body: showAction(action, deps.clock.now()) }
    },
  })
