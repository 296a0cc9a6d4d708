import { invalid } from './problem.ts'

/** Levels of lists and objects within each other. Whatever goes through JSON by recursion bears many more. */
const deepest = 64

/** Refuses a value that is nested too deeply, level by level: recursion is what such a value is meant to break. Problem 422. */
export const requireShallow = (value: unknown): void => {
  let level = [value].filter(isNest)
  for (let depth = 1; level.length > 0; depth++) {
    if (depth > deepest) throw invalid('body', `is nested more than ${deepest} levels deep; send it flatter`)
    level = level.flatMap((nest) => Object.values(nest).filter(isNest))
  }
}

const isNest = (value: unknown): value is object => typeof value === 'object' && value !== null
