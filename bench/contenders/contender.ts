/** Arguments of a publisher or consumer. */
export interface ContenderContext {
  topic: string
  /** HTTP address of its sidecar. */
  sidecarUrl: string
  /** Port on which a consumer listens for its sidecar. */
  port: number
  daprApiToken: string
  appApiToken: string
  /** As superuser, for preparing rows outside the measurement. */
  databaseUrl: string
  /** As the service whose tables are used. */
  serviceDatabaseUrl: string
  /** Whose tables are used. */
  service: string
}

export interface Publisher {
  /** Sends `count` events as fast as possible; calls `begin` after preparations, when the clock starts. */
  publishMany(count: number, begin: () => void): Promise<void>
  /** Sends one event; calls `stamp` with its id when its latency starts to count. */
  publishOne(stamp: (id: string) => void): Promise<void>
  stop(): Promise<void>
}

export interface Consumer {
  stop(): Promise<void>
}

/** A way to bring events from a publisher to a consumer, compared with others. Each role runs in its own process. */
export interface Contender {
  publisher(context: ContenderContext): Promise<Publisher>
  /** Calls `taken` with the ids (or keys) of events whose effect is visible. */
  consumer(context: ContenderContext, taken: (ids: string[]) => void): Promise<Consumer>
}

/** Sends items with `width` workers; each takes the next item when it has sent its last. */
export const inParallel = async <T>(items: T[], width: number, send: (item: T) => Promise<void>): Promise<void> => {
  let next = 0
  const worker = async () => {
    while (next < items.length) await send(items[next++]!)
  }
  await Promise.all(Array.from({ length: width }, worker))
}
