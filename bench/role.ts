import { bareBulk } from './contenders/bare-bulk.ts'
import { bareSingle } from './contenders/bare-single.ts'
import type { Consumer, Contender, ContenderContext, Publisher } from './contenders/contender.ts'
import { project } from './contenders/project.ts'
import { usual } from './contenders/usual.ts'

/**
 * One role of a contender in its own process, controlled over the channel of child_process.fork. Times come from the
 * monotonic clock, which all processes of a machine share.
 */
export const contenders = { bareSingle, bareBulk, usual, project } satisfies Record<string, Contender>
export type ContenderName = keyof typeof contenders

/** A request to a role. The reply has the same `call` and the result. */
export type Request =
  | { do: 'publishMany'; count: number }
  | { do: 'publishPaced'; count: number; perSecond: number }
  | { do: 'expect'; count: number }
  | { do: 'arrived' }
  | { do: 'stop' }

export const now = (): number => Number(process.hrtime.bigint()) / 1e6

/** Serves the requests of the parent. */
const serve = (handle: (request: Request) => Promise<unknown>): void => {
  process.on('message', async ({ call, request }: { call: number; request: Request }) => {
    const reply = await handle(request).then(
      (value) => ({ call, value }),
      (error: Error) => ({ call, error: error.stack }),
    )
    process.send?.(reply)
    if (request.do === 'stop') process.disconnect?.()
  })
  // The parent was killed.
  process.on('disconnect', () => process.exit(0))
  process.send?.({ call: 0, value: 'ready' })
}

const servePublisher = (publisher: Publisher): void =>
  serve(async (request) => {
    switch (request.do) {
      case 'publishMany': {
        let began = 0
        await publisher.publishMany(request.count, () => {
          began = now()
        })
        return began
      }
      case 'publishPaced': {
        const stamps: [string, number][] = []
        const sending: Promise<void>[] = []
        const start = now()
        for (let index = 0; index < request.count; index++) {
          const wait = start + (index * 1_000) / request.perSecond - now()
          if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait))
          sending.push(publisher.publishOne((id) => stamps.push([id, now()])))
        }
        await Promise.all(sending)
        return stamps
      }
      default:
        return publisher.stop()
    }
  })

const serveConsumer = async (contender: Contender, context: ContenderContext): Promise<void> => {
  let arrivals: [string, number][] = []
  let expected = Number.POSITIVE_INFINITY
  let complete = Promise.withResolvers<void>()
  const consumer: Consumer = await contender.consumer(context, (ids) => {
    const at = now()
    for (const id of ids) arrivals.push([id, at])
    if (arrivals.length >= expected) complete.resolve()
  })
  serve(async (request) => {
    switch (request.do) {
      case 'expect':
        arrivals = []
        expected = request.count
        complete = Promise.withResolvers()
        return undefined
      case 'arrived':
        await complete.promise
        return expected <= 1_000 ? arrivals : arrivals.slice(-1)
      default:
        return consumer.stop()
    }
  })
}

const [name, role, context] = process.argv.slice(2)
if (process.send && name && context) {
  const contender = contenders[name as ContenderName]
  const parsed = JSON.parse(context) as ContenderContext
  if (role === 'publisher') servePublisher(await contender.publisher(parsed))
  else await serveConsumer(contender, parsed)
}
