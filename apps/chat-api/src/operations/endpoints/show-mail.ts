import { endpoint } from '@taskflow/service-kit'
import { z } from 'zod'
import type { OperationDeps } from '../deps.ts'

const mail = z
  .object({
    id: z.string(),
    from: z.string().nullable(),
    to: z.array(z.string()),
    subject: z.string(),
    date: z.string(),
    text: z.string(),
    html: z.string(),
  })
  .meta({ id: 'Mail' })

/** With its bodies, up to 5 MiB. The HTML is returned as it was sent: clients must sandbox it. */
export const showMail = ({ mailbox }: OperationDeps) =>
  endpoint({
    method: 'get',
    path: '/api/v1/admin/mailbox/:id',
    summary: 'Show a caught mail',
    access: 'admin',
    params: z.object({ id: z.string().regex(/^\w{1,100}$/) }),
    problems: [413],
    answers: { 200: mail },
    handle: async ({ params: { id } }) => ({ status: 200, body: await mailbox.show(id) }),
  })
