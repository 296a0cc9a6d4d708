/** Something that whoever runs the mesh can fix: one sentence that says what is wrong, one step that fixes it. */
export class KafkaError extends Error {
  override readonly name = 'KafkaError'
  readonly fix: string | undefined

  constructor(message: string, options: { fix?: string; cause?: unknown } = {}) {
    super(message, { cause: options.cause })
    this.fix = options.fix
  }
}
