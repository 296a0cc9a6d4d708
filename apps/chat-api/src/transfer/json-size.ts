import { tooMany } from './import-item.ts'
import { ImportProblem } from './import-problem.ts'

/** The most values of a file, and of these objects: as many as 5,000 tasks with all that they may have. */
const maxValues = 1_000_000
const maxObjects = 150_000
/** The most fields of an object; a task has about thirty. */
const maxFields = 1_000
/** Nested levels of lists and objects. */
const maxDepth = 64

const [quote, backslash, comma] = [0x22, 0x5c, 0x2c]
const [openList, closeList, openObject, closeObject] = [0x5b, 0x5d, 0x7b, 0x7d]

/**
 * Refuses JSON that would need far more memory once parsed than its text: 10 MiB of `{},` need 500 MB. One pass, which
 * counts brackets and commas outside of strings; whether it is JSON is for the parser to say. Throws ImportProblem.
 */
export const checkJsonSize = (text: string): void => {
  /** The fields so far of each object that is open; of a list they are not counted. */
  const open: number[] = []
  let values = 0
  let objects = 0
  for (let at = 0; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case quote:
        at = endOfString(text, at + 1)
        break
      case openList:
        open.push(Number.NEGATIVE_INFINITY)
        values++
        break
      case openObject:
        open.push(1)
        values++
        objects++
        break
      case closeList:
      case closeObject:
        open.pop()
        break
      case comma:
        values++
        if (open.length > 0) open[open.length - 1]! += 1
        if ((open.at(-1) ?? 0) > maxFields)
          throw new ImportProblem('body', `has an object with more than ${maxFields} fields`)
    }
    if (open.length > maxDepth)
      throw new ImportProblem('body', `is nested more than ${maxDepth} levels deep; send it flatter`)
    if (values > maxValues || objects > maxObjects) throw tooMany('body')
  }
}

const endOfString = (text: string, from: number): number => {
  let at = from
  for (let code = text.charCodeAt(at); at < text.length && code !== quote; code = text.charCodeAt(++at))
    if (code === backslash) at++
  return at
}
