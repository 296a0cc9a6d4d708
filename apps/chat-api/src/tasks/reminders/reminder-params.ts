import { z } from 'zod'
import { idParams } from '../../http/schemas.ts'

export const reminderParams = z.object({ ...idParams.shape, reminder_id: idParams.shape.id })
