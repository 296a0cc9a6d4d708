import { connect } from 'node:http2'

/** HTTPExtension.Verb of dapr.proto.common.v1. */
const verbs = { GET: 1, POST: 3 } as const

/**
 * Invokes a service through the internal gRPC port of its sidecar, as another sidecar would, with headers of one's own
 * choice. Returns the status of the service's answer, and the answer's bytes as text.
 */
export const forgeInvocation = async (
  internalPort: number,
  path: string,
  { verb = 'POST', body = '', headers = {} }: { verb?: keyof typeof verbs; body?: string; headers?: object },
): Promise<{ status: number; text: string }> => {
  const session = connect(`http://127.0.0.1:${internalPort}`)
  try {
    const call = session.request({
      ...{ ':method': 'POST', ':path': '/dapr.proto.internals.v1.ServiceInvocation/CallLocal' },
      ...{ 'content-type': 'application/grpc', te: 'trailers' },
    })
    const message = internalRequest(path, verbs[verb], body, headers)
    const prefix = Buffer.alloc(5)
    prefix.writeUInt32BE(message.length, 1)
    call.end(Buffer.concat([prefix, message]))
    const answer = Buffer.concat(await call.toArray()).subarray(5)
    // InternalInvokeResponse: Status is field 1, whose code is its field 1.
    const status = fieldOf(answer, 1)
    return { status: Buffer.isBuffer(status) ? Number(fieldOf(status, 1)) : 0, text: answer.toString('latin1') }
  } finally {
    session.close()
  }
}

/** InternalInvokeRequest of dapr.proto.internals.v1: version 1, metadata 2, message 3. */
const internalRequest = (path: string, verb: number, body: string, headers: object): Buffer => {
  const metadata = Object.entries(headers).map(([name, value]) =>
    bytes(2, Buffer.concat([bytes(1, name), bytes(2, bytes(1, value))])),
  )
  const message = [bytes(1, path), bytes(2, bytes(2, body)), bytes(3, 'application/json'), bytes(4, number(1, verb))]
  return Buffer.concat([number(1, 1), ...metadata, bytes(3, Buffer.concat(message))])
}

const varint = (value: number): Buffer => {
  const written: number[] = []
  for (let rest = value; ; rest >>>= 7) {
    if (rest < 128) return Buffer.from([...written, rest])
    written.push((rest & 127) | 128)
  }
}
const number = (field: number, value: number) => Buffer.concat([varint(field * 8), varint(value)])
const bytes = (field: number, value: string | Buffer) => {
  const data = Buffer.from(value as string)
  return Buffer.concat([varint(field * 8 + 2), varint(data.length), data])
}

/** The first occurrence of a field: a number, or the bytes of a message. */
const fieldOf = (message: Buffer, wanted: number): Buffer | number | undefined => {
  let at = 0
  const next = () => {
    let value = 0
    for (let shift = 0; ; shift += 7) {
      const byte = message[at++] ?? 0
      value += (byte & 127) * 2 ** shift
      if (byte < 128) return value
    }
  }
  while (at < message.length) {
    const tag = next()
    const isBytes = tag % 8 === 2
    const value = next()
    if (Math.floor(tag / 8) === wanted) return isBytes ? message.subarray(at, at + value) : value
    if (isBytes) at += value
  }
  return undefined
}
