import { z } from 'zod'
import { defineEvent } from '../define-event.ts'

/** An admin has asked for something that needs the role. `user_id` is the admin; told before it is done. */
export const adminActed = defineEvent(
  'admin.acted',
  '2.0',
  z.object({
    operation: z.string().meta({ description: 'method and route, like POST /api/v1/admin/dead-letters/:id/redrive' }),
    given: z.record(z.string(), z.json()).meta({ description: 'parts of path, query and body, by name' }),
    address: z.string().meta({ description: 'network address that the request came from' }),
  }),
)
