export interface KafkaPlan {
  /** Data folder; created when missing. */
  dir: string
  port: number
  controllerPort: number
  /** Its place in a cluster of three. */
  cluster?: ClusterMember | undefined
}

/** One of three brokers. The first is the controller, too: three would elect another whenever the machine is busy. */
export interface ClusterMember {
  /** The same for all of them: 16 bytes in base64url. */
  id: string
  /** From 1 on. */
  node: number
  /** The port of the first one's controller. */
  controllerPort: number
}

/**
 * One process that is broker and controller, reachable from this machine only. The controller is named by the static
 * `controller.quorum.voters`, because a dynamic quorum writes its port into the log and the port differs at each start.
 */
export const kafkaSettings = ({
  dir,
  port,
  controllerPort,
  cluster,
}: KafkaPlan): Record<string, string | number | boolean> => {
  const isController = cluster === undefined || cluster.node === 1
  return {
    'process.roles': isController ? 'broker,controller' : 'broker',
    'node.id': cluster?.node ?? 1,
    'controller.quorum.voters': `1@127.0.0.1:${controllerPort}`,
    'controller.listener.names': 'CONTROLLER',
    'inter.broker.listener.name': 'BROKER',
    listeners: `BROKER://127.0.0.1:${port}${isController ? `,CONTROLLER://127.0.0.1:${controllerPort}` : ''}`,
    'advertised.listeners': `BROKER://127.0.0.1:${port}`,
    'listener.security.protocol.map': 'BROKER:PLAINTEXT,CONTROLLER:PLAINTEXT',
    'log.dir': dir,
    ...singleBrokerSettings,
    ...(cluster ? clusterSettings : {}),
  }
}

/** Three brokers, of which one may be away. */
const clusterSettings = {
  'default.replication.factor': 3,
  'min.insync.replicas': 2,
  'offsets.topic.replication.factor': 3,
  // A follower that is frozen holds up no write for longer.
  'replica.lag.time.max.ms': 5_000,
} as const

/** Settings for a cluster of one broker, wherever it runs. */
export const singleBrokerSettings = {
  // No other broker can take over when this one is slow on a busy machine: fencing it only makes every consumer group
  // rebalance. The price: after a kill, the broker cannot register again until the old session expires.
  'broker.session.timeout.ms': 9_000,
  'auto.create.topics.enable': false,
  'group.initial.rebalance.delay.ms': 0,
  'offsets.topic.replication.factor': 1,
  'offsets.topic.num.partitions': 5,
  'transaction.state.log.replication.factor': 1,
  'transaction.state.log.min.isr': 1,
  'share.coordinator.state.topic.replication.factor': 1,
  'share.coordinator.state.topic.min.isr': 1,
} as const

export const asProperties = (settings: Record<string, string | number | boolean>): string =>
  Object.entries(settings)
    .map(([name, value]) => `${name}=${String(value).replaceAll('\\', '\\\\')}\n`)
    .join('')
