/**
 * Why a file cannot be read, and where. Not a Problem: files are read in a thread of their own, which loads no more
 * than it needs.
 */
export class ImportProblem extends Error {
  override name = 'ImportProblem'
  readonly problem: 'invalid' | 'not-json'
  /** Where in the file: `line 3`, `tasks.0`. */
  readonly place: string
  /** What the columns of a table may be, by what they are here. */
  readonly mapping: Record<string, string> | undefined
  constructor(
    place: string,
    message: string,
    problem: 'invalid' | 'not-json' = 'invalid',
    mapping?: Record<string, string>,
  ) {
    super(message)
    this.place = place
    this.problem = problem
    this.mapping = mapping
  }
}
