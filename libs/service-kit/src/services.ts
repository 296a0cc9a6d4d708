/**
 * The services of the mesh. `schema` holds a service's outbox and inbox, `role` is its Postgres role; the
 * environment variables of a service begin with its name in capitals (CHAT_API_PORT).
 */
export const services = {
  'chat-api': { port: 8080, daprHttpPort: 3500, daprGrpcPort: 50001, schema: 'tasks', role: 'taskflow_chat_api' },
  'recurring-processor': {
    port: 8081,
    daprHttpPort: 3501,
    daprGrpcPort: 50011,
    schema: 'recurrence',
    role: 'taskflow_recurring_processor',
  },
  'reminder-service': {
    port: 8082,
    daprHttpPort: 3502,
    daprGrpcPort: 50021,
    schema: 'reminders',
    role: 'taskflow_reminder_service',
  },
  'notification-service': {
    port: 8083,
    daprHttpPort: 3503,
    daprGrpcPort: 50031,
    schema: 'notifications',
    role: 'taskflow_notification_service',
  },
  'audit-logger': {
    port: 8084,
    daprHttpPort: 3504,
    daprGrpcPort: 50041,
    schema: 'audit',
    role: 'taskflow_audit_logger',
  },
} as const

export type ServiceName = keyof typeof services
export type ServiceSchema = (typeof services)[ServiceName]['schema']
export const serviceNames = Object.keys(services) as ServiceName[]

/** `chat-api` -> `CHAT_API`, the prefix of that service's environment variables. */
export const environmentPrefix = (service: ServiceName): string => service.toUpperCase().replaceAll('-', '_')
