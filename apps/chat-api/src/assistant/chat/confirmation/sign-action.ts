import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'
import type { ChatActionRow } from '@taskflow/database'

type Signed = Pick<ChatActionRow, 'id' | 'user_id' | 'conversation_id' | 'tool' | 'input' | 'summary' | 'expires_at'>

/** Signs what a person is asked to confirm, so that what is done is what was shown, whoever can write to the table. */
export const createActionSigner = (secret: string) => {
  // A key of its own: who learns one of the two can do nothing with the other.
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'taskflow chat actions', 32))
  const sign = ({ id, user_id, conversation_id, tool, input, summary, expires_at }: Signed): string =>
    createHmac('sha256', key)
      .update(JSON.stringify([id, user_id, conversation_id, tool, input, summary, expires_at]))
      .digest('base64url')
  return {
    sign,
    isSigned: (action: Signed & Pick<ChatActionRow, 'signature'>): boolean => {
      const [given, right] = [Buffer.from(action.signature ?? ''), Buffer.from(sign(action))]
      return given.length === right.length && timingSafeEqual(given, right)
    },
  }
}
export type ActionSigner = ReturnType<typeof createActionSigner>
