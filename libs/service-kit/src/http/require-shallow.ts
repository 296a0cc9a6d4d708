import { invalid } from './problem.ts'

/** Nested levels of lists and objects. Recursive JSON code can handle many more. */
const maxDepth = 64

/**
 * Rejects a value that is nested too deeply. Not recursive: such a value is meant to exhaust the stack. Problem 422.
 */
export const requireShallow = (value: unknown): void => {
  let level = [value].filter(isNest)
  for (let depth = 1; level.length > 0; depth++) {
    if (depth > maxDepth) throw invalid('body', `is nested more than ${maxDepth} levels deep; send it flatter`)
    level = level.flatMap((nest) => Object.values(nest).filter(isNest))
  }
}

const isNest = (value: unknown): value is object => typeof value === 'object' && value !== null
