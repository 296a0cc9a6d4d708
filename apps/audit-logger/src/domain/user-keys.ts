import { ServiceFault } from '@taskflow/service-kit'
import type pg from 'pg'
import { newKey, seal, unseal, wrappingKey } from './seal.ts'

/** The id whose key is used for records without a user. */
export const noUser = '00000000-0000-0000-0000-000000000000'

/** The keys that encrypt personal fields, one per user, themselves encrypted under AUDIT_KEY. */
export interface UserKeys {
  /**
   * The keys of these users, created where missing. The caller has locked the chain head, so that no key is created
   * twice. For a user whose key was destroyed: a key that is not stored.
   */
  take(client: pg.ClientBase, userIds: string[]): Promise<Map<string, Buffer>>
  /** The keys that exist. */
  find(client: pg.Pool, userIds: string[]): Promise<Map<string, Buffer>>
  /** Makes the personal fields of these users unreadable for ever. */
  destroy(client: pg.ClientBase, userIds: string[], now: string): Promise<void>
}

interface KeyRow {
  user_id: string
  wrapped_key: Buffer | null
}

export const createUserKeys = ({ secret }: { secret: string }): UserKeys => {
  const wrapping = wrappingKey(secret)
  const unwrap = (userId: string, wrapped: Buffer): Buffer => {
    try {
      return unseal(wrapping, userId, wrapped)
    } catch (cause) {
      throw new ServiceFault('AUDIT_KEY is not the one under which the keys of users are kept; set the former one', {
        cause,
      })
    }
  }
  const rowsOf = async (client: pg.ClientBase | pg.Pool, userIds: string[]): Promise<KeyRow[]> => {
    const { rows } = await client.query<KeyRow>({
      name: 'audit keys',
      text: 'SELECT user_id, wrapped_key FROM audit.keys WHERE user_id = ANY ($1::uuid[])',
      values: [userIds],
    })
    return rows
  }
  let isProven = false
  /** Throws when stored keys are encrypted under another secret: mixed keys could not be opened with one secret. */
  const prove = async (client: pg.ClientBase): Promise<void> => {
    if (isProven) return
    const { rows } = await client.query<{ user_id: string; wrapped_key: Buffer }>(
      'SELECT user_id, wrapped_key FROM audit.keys WHERE wrapped_key IS NOT NULL LIMIT 1',
    )
    for (const { user_id, wrapped_key } of rows) {
      unwrap(user_id, wrapped_key)
      isProven = true
    }
  }
  return {
    take: async (client, userIds) => {
      const rows = await rowsOf(client, userIds)
      const keys = new Map(
        rows.map(({ user_id, wrapped_key }) => [user_id, wrapped_key ? unwrap(user_id, wrapped_key) : newKey()]),
      )
      const fresh = userIds.filter((each) => !keys.has(each))
      for (const each of fresh) keys.set(each, newKey())
      if (fresh.length > 0) {
        await prove(client)
        await client.query({
          name: 'new audit keys',
          text: `INSERT INTO audit.keys (user_id, wrapped_key)
                 SELECT user_id, decode(key, 'base64') FROM unnest($1::uuid[], $2::text[]) AS fresh (user_id, key)`,
          values: [fresh, fresh.map((each) => seal(wrapping, each, keys.get(each)!).toString('base64'))],
        })
      }
      return keys
    },
    find: async (client, userIds) => {
      const rows = await rowsOf(client, userIds)
      return new Map(
        rows.flatMap(({ user_id, wrapped_key }) => (wrapped_key ? [[user_id, unwrap(user_id, wrapped_key)]] : [])),
      )
    },
    destroy: async (client, userIds, now) => {
      await client.query(
        `INSERT INTO audit.keys (user_id, destroyed_at) SELECT user_id, $2 FROM unnest($1::uuid[]) AS gone (user_id)
         ON CONFLICT (user_id) DO UPDATE SET wrapped_key = NULL, destroyed_at = $2 WHERE keys.wrapped_key IS NOT NULL`,
        [userIds, now],
      )
    },
  }
}
