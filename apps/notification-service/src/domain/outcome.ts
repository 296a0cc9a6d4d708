/** How an attempt to deliver ended. */
export type Outcome =
  | { result: 'sent' }
  /** For good: trying again will not help. */
  | { result: 'refused'; reason: string }
  /** For now. */
  | { result: 'later'; reason: string }
  /** The mail server cannot be spoken to: nothing about this mail, and no use in trying others at once. */
  | { result: 'server away'; reason: string }
  /** The server has the mail and has not said yes: it may arrive. */
  | { result: 'unclear'; reason: string }
