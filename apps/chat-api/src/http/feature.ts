import type { Endpoint, Loop, Tx } from '@taskflow/service-kit'

/** What a feature adds to the service. */
export interface Feature {
  endpoints: Endpoint[]
  loops?: Loop[]
  /** Deletes what the feature holds of a person whose account is being deleted. */
  forget?: (tx: Tx, user_id: string) => Promise<void>
}
