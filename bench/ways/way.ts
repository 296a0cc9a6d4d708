/** What a publisher or consumer is started with. */
export interface WayContext {
  topic: string
  /** HTTP address of its sidecar. */
  sidecarUrl: string
  /** On which a consumer listens for its sidecar. */
  port: number
  daprApiToken: string
  appApiToken: string
  /** As superuser, for what is not measured: preparing rows. */
  databaseUrl: string
  /** As the service whose tables are used. */
  serviceDatabaseUrl: string
  /** Whose tables are used. */
  service: string
}

export interface Publisher {
  /** Sends `count` events as fast as it goes; `begin` is called when preparations are over and the clock starts. */
  publishMany(count: number, begin: () => void): Promise<void>
  /** Sends one event; `stamp` is called with its id at the moment from which its latency counts. */
  publishOne(stamp: (id: string) => void): Promise<void>
  stop(): Promise<void>
}

export interface Consumer {
  stop(): Promise<void>
}

/** One way to bring events from a publisher to a consumer. Each role runs in a process of its own. */
export interface Way {
  publisher(context: WayContext): Promise<Publisher>
  /** `taken` is called with the ids (or keys) of events whose effect is there. */
  consumer(context: WayContext, taken: (ids: string[]) => void): Promise<Consumer>
}

/** As many publishers at once as the issue of a queue allows: each takes the next item when it has sent its last. */
export const inParallel = async <T>(items: T[], width: number, send: (item: T) => Promise<void>): Promise<void> => {
  let next = 0
  const worker = async () => {
    while (next < items.length) await send(items[next++]!)
  }
  await Promise.all(Array.from({ length: width }, worker))
}
