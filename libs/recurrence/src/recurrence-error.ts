/** A rule that cannot be used. `message` is for the person who wrote it, `part` names the part that is wrong. */
export class RecurrenceError extends Error {
  override name = 'RecurrenceError'
  readonly part: string
  constructor(part: string, message: string) {
    super(message)
    this.part = part
  }
}
