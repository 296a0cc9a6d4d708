import { sharedBudget, withinBudget } from '@taskflow/recurrence'
import type { Endpoint } from '@taskflow/service-kit'

/** An endpoint each of whose requests may spend only so much on recurrence rules, over all tasks that it touches. */
export const withRuleBudget = (definition: Endpoint): Endpoint => ({
  ...definition,
  handle: (request) => withinBudget(sharedBudget(), () => definition.handle(request)),
})
