/** A problem the operator can fix: one sentence for what is wrong, one step to fix it. */
export class KafkaError extends Error {
  override readonly name = 'KafkaError'
  readonly fix: string | undefined

  constructor(message: string, options: { fix?: string; cause?: unknown } = {}) {
    super(message, { cause: options.cause })
    this.fix = options.fix
  }
}
