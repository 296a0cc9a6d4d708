import { AsyncLocalStorage } from 'node:async_hooks'
import { RecurrenceError } from './recurrence-error.ts'

/**
 * What one evaluation may cost, over all rules of a schedule. A step is about 0.1 µs: a day that is looked at, a jump,
 * a time that is found. Steps are counted, not timed, so a rule is refused everywhere or nowhere: 20 ms.
 */
const maxSteps = 200_000

/** What all evaluations of a request may cost together: 100 ms. */
const maxStepsOfRequest = 1_000_000

/** A rule that costs more than it may. */
export class RuleTooExpensive extends RecurrenceError {
  constructor(message: string) {
    super('RRULE', message)
  }
}

/** Steps that several evaluations share. */
export interface SharedBudget {
  readonly allowed: number
  left: number
}

export const sharedBudget = (allowed: number = maxStepsOfRequest): SharedBudget => ({ allowed, left: allowed })

const shared = new AsyncLocalStorage<SharedBudget>()

/**
 * Runs `work`, whose evaluations all draw on `budget`, whatever calls them. Not an argument, because a request may reach
 * a rule through every operation on tasks. Once it is used up, they throw RuleTooExpensive.
 */
export const withinBudget = <Result>(budget: SharedBudget, work: () => Result): Result => shared.run(budget, work)

/** Counts the steps of an evaluation. */
export interface Budget {
  /** Throws RuleTooExpensive once more is spent than allowed. */
  spend: (steps: number) => void
}

/** The budget of one evaluation, which also draws on the shared one, if there is one. */
export const startBudget = (): Budget => {
  const common = shared.getStore()
  let left = maxSteps
  return {
    spend: (steps) => {
      left -= steps
      if (left < 0) throw tooExpensive()
      if (!common) return
      common.left -= steps
      if (common.left < 0) throw usedUp(common)
    },
  }
}

const tooExpensive = () =>
  new RuleTooExpensive(
    `takes more than ${maxSteps} steps to find its dates; start it later, use a lower FREQ or fewer BY parts, or end it with UNTIL instead of COUNT`,
  )

const usedUp = ({ allowed }: SharedBudget) =>
  new RuleTooExpensive(
    `the rules of this request take more than ${allowed} steps together (the limit "recurrence steps of a request"); send fewer of them at once`,
  )
