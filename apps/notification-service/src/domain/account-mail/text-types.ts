import type { AccountMailContent } from '@taskflow/event-contracts'

type Kind = AccountMailContent['kind']
type ContentOf<K extends Kind> = Extract<AccountMailContent, { kind: K }>

/** A mail about an account, in one language. `when` is a date and time in words. Inserted values are plain text. */
interface AccountMailText<K extends Kind> {
  subject: string
  lines: (content: ContentOf<K>, when: string) => string[]
  /** What the link does, if there is one. */
  action?: string
}

export interface AccountMailTexts {
  hello: string
  /** Below notices. */
  notYou: string
  /** Below mails to an address that may be somebody else's. */
  refuse: string
  kinds: { [K in Kind]: AccountMailText<K> }
}
