import { Problem } from '@taskflow/service-kit'

/** Refuses a change that was decided on another version of the record (HTTP If-Match). Problem 412. */
export const requireVersion = ({ version }: { version: number }, expected: number | undefined): void => {
  if (expected === undefined || version === expected) return
  throw new Problem('precondition-failed', `it is at version ${version} now, not ${expected}; read it again`)
}
