import type { RequestHandler } from 'express'
import { type Origin, rootOrigin } from '../origin.ts'

/** Tells where a request comes from, to whoever answers it (`response.locals.origin`) and to whoever asked. */
export const tellOrigin: RequestHandler = ({ headers }, response, next) => {
  const origin = rootOrigin({
    ...given('correlationid', headers['x-correlation-id']),
    ...given('traceparent', headers.traceparent),
  })
  response.locals.origin = origin
  response.set(originHeaders(origin))
  next()
}

/**
 * What every answer tells of its request: `x-correlation-id`, as in logs and events, and the trace. `traceparent` belongs
 * to requests; the answer's is `traceresponse` (W3C Trace Context Level 3, draft).
 */
export const originHeaders = ({ correlationid, traceparent }: Origin) => ({
  'x-correlation-id': correlationid,
  traceresponse: traceparent,
})

const given = <Name extends string>(name: Name, value: string | string[] | undefined): { [N in Name]?: string } =>
  typeof value === 'string' && value.length > 0 && value.length <= 200
    ? ({ [name]: value } as { [N in Name]: string })
    : {}
