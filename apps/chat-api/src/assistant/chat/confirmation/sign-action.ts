import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'
import type { ChatActionRow } from '@taskflow/database'

type Signed = Pick<ChatActionRow, 'id' | 'user_id' | 'conversation_id' | 'tool' | 'input' | 'summary' | 'expires_at'>

/** Signs pending actions: only what the person saw can be confirmed, even if somebody changes the table. */
export const createActionSigner = (secret: string) => {
  // A derived key: knowing it does not allow forging access tokens, nor the reverse.
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
