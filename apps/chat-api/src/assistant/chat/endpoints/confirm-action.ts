import { endpoint } from '@taskflow/service-kit'
import { z } from 'zod'
import { idParams } from '../../../http/schemas.ts'
import type { AssistantDeps } from '../../deps.ts'
import { showAction, shownAction } from '../actions.ts'
import { confirmPending } from '../confirmation/settle-pending.ts'

const confirmedAction = shownAction
  .extend({
    output: z.record(z.string(), z.unknown()).meta({ description: 'what the tool answered' }),
  })
  .meta({ id: 'ConfirmedAction' })

export const confirmAction = (deps: AssistantDeps) =>
  endpoint({
    method: 'post',
    path: '/api/v1/chat/actions/:id/confirm',
    summary: 'Have done what waits for you; repeating it answers the first result',
    access: 'user',
    params: idParams,
    answers: { 200: confirmedAction },
    handle: async ({ params, user, origin }) => {
      const action = await confirmPending(deps, { user, origin }, params.id)
      return { status: 200, body: { ...showAction(action, deps.clock.now()), output: action.output ?? {} } }
    },
  })
