import { invalid, type Problem } from '@taskflow/service-kit'
import { z } from 'zod'

/** The token in the link of a mail. */
export const mailToken = z.string().max(200)

export const unusableLink = (): Problem =>
  invalid('token', 'is not valid, was used before or has expired; ask for another mail')
