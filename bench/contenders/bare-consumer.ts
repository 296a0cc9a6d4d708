import { createServer, type IncomingMessage } from 'node:http'

/** An app behind a sidecar, without a framework: returns `subscription`, answers deliveries with `take`'s result. */
export const bareConsumer = async (
  port: number,
  subscription: { topic: string; route: string; [option: string]: unknown },
  take: (request: IncomingMessage) => Promise<object>,
): Promise<{ stop(): Promise<void> }> => {
  const subscriptions = [{ pubsubname: 'kafka-pubsub', metadata: { rawPayload: 'true' }, ...subscription }]
  const server = createServer(async (request, response) => {
    response.setHeader('content-type', 'application/json')
    if (request.url === '/dapr/subscribe') response.end(JSON.stringify(subscriptions))
    else if (request.url === subscription.route) response.end(JSON.stringify(await take(request)))
    else response.end('{}')
  })
  server.keepAliveTimeout = 65_000
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return { stop: async () => void server.close() }
}
