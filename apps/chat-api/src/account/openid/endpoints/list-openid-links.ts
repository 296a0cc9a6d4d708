import { endpoint } from '@taskflow/service-kit'
import { z } from 'zod'
import type { AccountDeps } from '../../deps.ts'
import { listLinks } from '../openid-links.ts'
import { linkAnswer, path } from './schemas.ts'

export const listOpenidLinks = ({ db, openid }: AccountDeps) =>
  endpoint({
    method: 'get',
    path: `${path}/links`,
    summary: 'The accounts of OpenID providers that sign you in, newest first',
    access: 'person',
    answers: { 200: z.object({ data: z.array(linkAnswer) }).meta({ id: 'LinkedAccountList' }) },
    handle: async ({ user: { user_id } }) => {
      const links = await listLinks(db, user_id)
      const data = links.map(({ id, issuer, email, created_at, last_used_at }) => ({
        ...{ id, name: openid.nameOf(issuer), email, created_at, last_used_at },
      }))
      return { status: 200, body: { data } }
    },
  })
