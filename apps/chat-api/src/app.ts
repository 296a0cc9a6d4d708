import { createServiceApp } from '@taskflow/service-kit'
import { listDeadLetters } from './api/admin/list-dead-letters.ts'
import { discardDeadLetter, redriveDeadLetter, redriveDeadLetters } from './api/admin/settle-dead-letters.ts'
import { showDeadLetter } from './api/admin/show-dead-letter.ts'
import { showLag } from './api/admin/show-lag.ts'
import { showOutbox } from './api/admin/show-outbox.ts'
import { completeTask } from './api/complete-task.ts'
import { createTask } from './api/create-task.ts'
import { deleteTask } from './api/delete-task.ts'
import { getTask } from './api/get-task.ts'
import { followLink } from './api/links/follow-link.ts'
import { showLink } from './api/links/show-link.ts'
import { listAudit } from './api/list-audit.ts'
import { listTasks } from './api/list-tasks.ts'
import { login } from './api/login.ts'
import { deleteWebhook } from './api/notifications/delete-webhook.ts'
import { getPreferences } from './api/notifications/get-preferences.ts'
import { getWebhook } from './api/notifications/get-webhook.ts'
import { listNotifications } from './api/notifications/list-notifications.ts'
import { putWebhook } from './api/notifications/put-webhook.ts'
import { updatePreferences } from './api/notifications/update-preferences.ts'
import { previewRecurrence } from './api/preview-recurrence.ts'
import { dismissReminder } from './api/reminders/dismiss-reminder.ts'
import { snoozeReminder } from './api/reminders/snooze-reminder.ts'
import { reopenTask } from './api/reopen-task.ts'
import { signup } from './api/signup.ts'
import { updateTask } from './api/update-task.ts'
import type { Deps } from './deps.ts'
import { createIdempotencyPruning } from './domain/idempotency.ts'
import { subscriptions } from './subscriptions.ts'

export const createApp = (deps: Deps) =>
  createServiceApp({
    deps,
    subscriptions: subscriptions(),
    loops: [createIdempotencyPruning(deps)],
    authenticate: deps.accessTokens.authenticate,
    api: [
      signup(deps),
      login(deps),
      createTask(deps),
      listTasks(deps),
      getTask(deps),
      updateTask(deps),
      deleteTask(deps),
      completeTask(deps),
      reopenTask(deps),
      snoozeReminder(deps),
      dismissReminder(deps),
      listNotifications(deps),
      getPreferences(deps),
      updatePreferences(deps),
      getWebhook(deps),
      putWebhook(deps),
      deleteWebhook(deps),
      showLink(deps),
      followLink(deps),
      listAudit(deps),
      previewRecurrence(),
      listDeadLetters(deps),
      redriveDeadLetters(deps),
      showDeadLetter(deps),
      redriveDeadLetter(deps),
      discardDeadLetter(deps),
      showOutbox(deps),
      showLag(deps),
    ],
  })
