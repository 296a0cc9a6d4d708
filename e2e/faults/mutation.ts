/** An edit of the source: replaces `from` by `to`. */
export interface Edit {
  file: string
  from: string
  to: string
}

/** Breaks one rule of delivery; `faultCase` must then find it. */
export interface Mutation {
  /** The paragraph of docs/delivery.md. */
  rule: string
  name: string
  edits: Edit[]
  /** Beginning of the name of a case. */
  faultCase: string
  /** What it counts, or what it says. */
  finds: 'lost' | 'doubled' | 'reordered' | RegExp
  /** Part of `npm test`, not only of `npm run faults -- --mutations`. */
  quick?: true
}
