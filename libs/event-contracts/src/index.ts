export {
  type AccountMailContent,
  type AccountNotice,
  accountMailChannel,
  accountMailPages,
  sealedTokenKey,
} from './account-mail.ts'
export { type CloudEvent, cloudEvent, createEvent, type EventAttributes } from './cloud-event.ts'
export { type DataOf, defineEvent, type EventDefinition, type PayloadOf } from './define-event.ts'
export { asyncApi, releasedSchemas } from './documents.ts'
export { type AccountAction, type AccountActor, accountActed } from './events/account.ts'
export { adminActed, deadLetterParked } from './events/operations.ts'
export { recurringTaskChanged, recurringTaskDue } from './events/recurring-task.ts'
export { reminderDue, reminderFailed, reminderLateAfter, reminderSent } from './events/reminder.ts'
export { taskCompleted, taskCreated, taskDeleted, taskReopened, taskSnapshot, taskUpdated } from './events/task.ts'
export { userCreated, userDeleted, userUpdated } from './events/user.ts'
export {
  addressDigest,
  type LinkClaims,
  linkAudience,
  linkClaims,
  type TaskLinkClaims,
  type UnsubscribeClaims,
} from './mail-links.ts'
export { isReadInPart, type ParsedMessage, parseMessage, upcast } from './parse-event.ts'
export { type Preferences, type PreferencesPatch, preferences, preferencesOf, preferencesPatch } from './preferences.ts'
export * from './records.ts'
export { type AnyEvent, type EventOn, type EventType, type Topic, type TopicDefinition, topics } from './topics.ts'
export { type WebhookPorts, webhookPorts, whyNotPostedTo } from './webhook-address.ts'
