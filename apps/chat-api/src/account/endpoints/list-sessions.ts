import { endpoint } from '@taskflow/service-kit'
import { z } from 'zod'
import type { AccountDeps } from '../deps.ts'
import * as sessions from '../session-list.ts'
import { sessionAnswer } from './schemas.ts'

export const listSessions = ({ db, clock }: AccountDeps) =>
  endpoint({
    method: 'get',
    path: '/api/v1/auth/sessions',
    summary: 'Where you are signed in, last used first',
    access: 'person',
    answers: { 200: z.object({ data: z.array(sessionAnswer) }).meta({ id: 'SessionList' }) },
    handle: async ({ user: { user_id, session_id } }) => {
      const own = await sessions.listSessions(db, clock, user_id)
      return { status: 200, body: { data: own.map((each) => ({ ...each, current: each.id === session_id })) } }
    },
  })
