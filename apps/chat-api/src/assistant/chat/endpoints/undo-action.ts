import { endpoint } from '@taskflow/service-kit'
import { idParams } from '../../../http/schemas.ts'
import type { AssistantDeps } from '../../deps.ts'
import { showAction, shownAction } from '../actions.ts'
import { undoChanges, undone } from '../confirmation/undo-changes.ts'

const answer = shownAction.extend({ undone }).meta({ id: 'UndoneAction' })

export const undoAction = (deps: AssistantDeps) =>
  endpoint({
    method: 'post',
    path: '/api/v1/chat/actions/:id/undo',
    summary: 'Take back what the assistant changed, once; what was changed since stays as it is',
    access: 'user',
    params: idParams,
    answers: { 200: answer },
    handle: async ({ params, user, origin }) => {
      const action = await undoChanges(deps, { user, origin }, params.id)
      return { status: 200, body: { ...showAction(action, deps.clock.now()), undone: action.undone } }
    },
  })
