interface Failure {
  /** For the person: one sentence, without anything about the operator's network or the inside of a server. */
  reason: string
  /** What happened, for the operator's log. */
  detail?: string
}

/** How an attempt to deliver ended. */
export type Outcome =
  | { result: 'sent' }
  /** Permanent: a retry will not help. */
  | ({ result: 'refused' } & Failure)
  /** Temporary. */
  | ({ result: 'later' } & Failure)
  /** The mail server is not available: not this mail's fault, and others would fail too. */
  | ({ result: 'server away' } & Failure)
  /** The server got the mail and has not acknowledged it: it may arrive. */
  | ({ result: 'unclear' } & Failure)
