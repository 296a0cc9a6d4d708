import { type BaseDeps, endpoint } from '@taskflow/service-kit'
import { pageOf } from '../../http/schemas.ts'
import * as apiTokens from '../api-tokens.ts'
import { apiTokenAnswer } from './schemas.ts'

const page = pageOf('ApiTokenPage', apiTokenAnswer)

/** All on one page: nobody has more than 100. */
export const listApiTokens = ({ db }: BaseDeps) =>
  endpoint({
    method: 'get',
    path: '/api/v1/auth/tokens',
    summary: 'List your API tokens, newest first',
    access: 'person',
    answers: { 200: page },
    handle: async ({ user }) => ({
      status: 200,
      body: { data: await apiTokens.listApiTokens(db, user.user_id), next_cursor: null },
    }),
  })
