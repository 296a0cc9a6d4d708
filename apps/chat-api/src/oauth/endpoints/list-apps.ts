import { endpoint } from '@taskflow/service-kit'
import { pageOf } from '../../http/schemas.ts'
import * as apps from '../apps.ts'
import type { OauthDeps } from '../deps.ts'
import { appAnswer } from './schemas.ts'

const page = pageOf('ConnectedAppPage', appAnswer)

/** All on one page: nobody has more than 100. */
export const listApps = (deps: OauthDeps) =>
  endpoint({
    method: 'get',
    path: '/api/v1/auth/apps',
    summary: 'List the apps that act for you, newest first',
    access: 'person',
    answers: { 200: page },
    handle: async ({ user }) => ({
      status: 200,
      body: { data: await apps.listApps(deps, user.user_id), next_cursor: null },
    }),
  })
