import { subscriptions as auditLogger } from '@taskflow/audit-logger/subscriptions'
import { subscriptions as chatApi } from '@taskflow/chat-api/subscriptions'
import type { Topic } from '@taskflow/event-contracts'
import { subscriptions as notificationService } from '@taskflow/notification-service/subscriptions'
import { subscriptions as recurringProcessor } from '@taskflow/recurring-processor/subscriptions'
import { subscriptions as reminderService } from '@taskflow/reminder-service/subscriptions'
import type { ServiceName, Subscription } from '@taskflow/service-kit'

// Only the tables of types are used; no handler is called.
const deps = {} as never

const subscriptionsOf: Record<ServiceName, Subscription[]> = {
  'chat-api': chatApi(deps),
  'recurring-processor': recurringProcessor(deps),
  'reminder-service': reminderService(deps),
  'notification-service': notificationService(deps),
  'audit-logger': auditLogger(deps),
}

/** For each service, the topics it reads and the types it does not ignore. */
export const consumers: { service: ServiceName; topic: Topic; type: string }[] = Object.entries(
  subscriptionsOf,
).flatMap(([service, subscriptions]) =>
  subscriptions.flatMap(({ topic, handlers }) =>
    Object.entries(handlers)
      .filter(([, handler]) => !('ignored' in handler))
      .map(([type]) => ({ service: service as ServiceName, topic, type })),
  ),
)
