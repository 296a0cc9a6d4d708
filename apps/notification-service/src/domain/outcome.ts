/** How an attempt to deliver ended. */
export type Outcome =
  | { result: 'sent' }
  /** Permanent: a retry will not help. */
  | { result: 'refused'; reason: string }
  /** Temporary. */
  | { result: 'later'; reason: string }
  /** The mail server is not available: not this mail's fault, and others would fail too. */
  | { result: 'server away'; reason: string }
  /** The server got the mail and has not acknowledged it: it may arrive. */
  | { result: 'unclear'; reason: string }
