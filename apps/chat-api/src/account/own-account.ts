import type { UserRow } from '@taskflow/database'
import type { Database } from '@taskflow/service-kit'
import { isSuppressed } from './mail/suppression.ts'
import { publicUser } from './users.ts'

/** A person as they see themselves: also whether they have a password, and mail reaches them. */
export const ownAccount = async (db: Database, user: UserRow) => ({
  ...publicUser(user),
  has_password: user.password_hash !== null,
  email_confirmed: user.email_confirmed_at !== null,
  email_suppressed: await isSuppressed(db, user.address_hash),
})
