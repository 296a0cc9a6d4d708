import { createServiceApp } from '@taskflow/service-kit'
import { listDeadLetters } from './api/admin/list-dead-letters.ts'
import { listEvents } from './api/admin/list-events.ts'
import { listMailbox } from './api/admin/list-mailbox.ts'
import { listUsers } from './api/admin/list-users.ts'
import { publishTestEvent } from './api/admin/publish-test-event.ts'
import { setLogLevel } from './api/admin/set-log-level.ts'
import { discardDeadLetter, redriveDeadLetter, redriveDeadLetters } from './api/admin/settle-dead-letters.ts'
import { showChain } from './api/admin/show-chain.ts'
import { showDeadLetter } from './api/admin/show-dead-letter.ts'
import { showLag } from './api/admin/show-lag.ts'
import { showMail } from './api/admin/show-mail.ts'
import { showMesh } from './api/admin/show-mesh.ts'
import { showOutbox } from './api/admin/show-outbox.ts'
import { showSchedules } from './api/admin/show-schedules.ts'
import { showStory } from './api/admin/show-story.ts'
import { tailEvents } from './api/admin/tail-events.ts'
import { exportAudit } from './api/audit/export-audit.ts'
import { listAudit } from './api/audit/list-audit.ts'
import { showAuditCausation } from './api/audit/show-causation.ts'
import { changePassword } from './api/auth/change-password.ts'
import { createApiToken } from './api/auth/create-api-token.ts'
import { deleteApiToken } from './api/auth/delete-api-token.ts'
import { deleteMe } from './api/auth/delete-me.ts'
import { listApiTokens } from './api/auth/list-api-tokens.ts'
import { login } from './api/auth/login.ts'
import { logout } from './api/auth/logout.ts'
import { refresh } from './api/auth/refresh.ts'
import { showMe } from './api/auth/show-me.ts'
import { signup } from './api/auth/signup.ts'
import { updateMe } from './api/auth/update-me.ts'
import { bulkTasks } from './api/bulk-tasks.ts'
import { createCalendarFeed } from './api/calendar/create-calendar-feed.ts'
import { deleteCalendarFeed } from './api/calendar/delete-calendar-feed.ts'
import { getCalendarFeed } from './api/calendar/get-calendar-feed.ts'
import { showCalendar } from './api/calendar/show-calendar.ts'
import { completeTask } from './api/complete-task.ts'
import { createTask } from './api/create-task.ts'
import { deleteTask } from './api/delete-task.ts'
import { withDocuments } from './api/documents/with-documents.ts'
import { exportData } from './api/export/export-data.ts'
import { getTask } from './api/get-task.ts'
import { importData } from './api/import/import-data.ts'
import { deleteLabel } from './api/labels/delete-label.ts'
import { listLabels } from './api/labels/list-labels.ts'
import { renameLabel } from './api/labels/rename-label.ts'
import { followLink } from './api/links/follow-link.ts'
import { showLink } from './api/links/show-link.ts'
import { listTasks } from './api/list-tasks.ts'
import { deleteWebhook } from './api/notifications/delete-webhook.ts'
import { getPreferences } from './api/notifications/get-preferences.ts'
import { getWebhook } from './api/notifications/get-webhook.ts'
import { listNotifications } from './api/notifications/list-notifications.ts'
import { putWebhook } from './api/notifications/put-webhook.ts'
import { updatePreferences } from './api/notifications/update-preferences.ts'
import { previewRecurrence } from './api/preview-recurrence.ts'
import { quickAdd } from './api/quick-add.ts'
import { createRecurringTask } from './api/recurring-tasks/create-recurring-task.ts'
import { deleteRecurringTask } from './api/recurring-tasks/delete-recurring-task.ts'
import { getRecurringTask } from './api/recurring-tasks/get-recurring-task.ts'
import { listRecurringTasks } from './api/recurring-tasks/list-recurring-tasks.ts'
import { pauseRecurringTask } from './api/recurring-tasks/pause-recurring-task.ts'
import { resumeRecurringTask } from './api/recurring-tasks/resume-recurring-task.ts'
import { skipRecurringTask } from './api/recurring-tasks/skip-recurring-task.ts'
import { updateRecurringTask } from './api/recurring-tasks/update-recurring-task.ts'
import { dismissReminder } from './api/reminders/dismiss-reminder.ts'
import { snoozeReminder } from './api/reminders/snooze-reminder.ts'
import { reopenTask } from './api/reopen-task.ts'
import { restoreTask } from './api/restore-task.ts'
import { searchTasks } from './api/search-tasks.ts'
import { skipTask } from './api/skip-task.ts'
import { streamEvents } from './api/stream-events.ts'
import { updateTask } from './api/update-task.ts'
import { cancelAction } from './chat/api/cancel-action.ts'
import { confirmAction } from './chat/api/confirm-action.ts'
import { deleteConversation } from './chat/api/delete-conversation.ts'
import { getConversation } from './chat/api/get-conversation.ts'
import { listActions } from './chat/api/list-actions.ts'
import { listConversations } from './chat/api/list-conversations.ts'
import { resumeStream } from './chat/api/resume-stream.ts'
import { sendMessage } from './chat/api/send-message.ts'
import { undoAction } from './chat/api/undo-action.ts'
import { createTurns } from './chat/turns.ts'
import type { Deps } from './deps.ts'
import { createIdempotencyPruning } from './domain/idempotency.ts'
import { createIdentityUpkeep } from './domain/identity-upkeep.ts'
import { createTaskUpkeep } from './domain/task-upkeep.ts'
import { offerTasks } from './mcp/offer-tasks.ts'
import { serveMcp } from './mcp/serve-mcp.ts'
import { consolePages } from './pages/console-pages.ts'
import { subscriptions } from './subscriptions.ts'

export const createApp = (deps: Deps, offer = offerTasks(deps), turns = createTurns(deps)) =>
  createServiceApp({
    deps,
    subscriptions: subscriptions(deps),
    loops: [
      createIdempotencyPruning(deps),
      createIdentityUpkeep(deps),
      createTaskUpkeep(deps),
      deps.liveFeed.loop,
      deps.mcpCalls.loop,
      turns.loop,
      deps.eventTail.loop,
    ],
    door: deps.door,
    pages: consolePages(deps.consoleFolder),
    api: withDocuments([
      signup(deps),
      login(deps),
      refresh(deps),
      logout(deps),
      showMe(deps),
      updateMe(deps),
      deleteMe(deps),
      changePassword(deps),
      createApiToken(deps),
      listApiTokens(deps),
      deleteApiToken(deps),
      createTask(deps),
      listTasks(deps),
      getTask(deps),
      updateTask(deps),
      deleteTask(deps),
      completeTask(deps),
      reopenTask(deps),
      skipTask(deps),
      restoreTask(deps),
      quickAdd(deps),
      bulkTasks(deps),
      searchTasks(deps),
      listLabels(deps, 'tag'),
      renameLabel(deps, 'tag'),
      deleteLabel(deps, 'tag'),
      listLabels(deps, 'category'),
      renameLabel(deps, 'category'),
      deleteLabel(deps, 'category'),
      createRecurringTask(deps),
      listRecurringTasks(deps),
      getRecurringTask(deps),
      updateRecurringTask(deps),
      deleteRecurringTask(deps),
      pauseRecurringTask(deps),
      resumeRecurringTask(deps),
      skipRecurringTask(deps),
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
      streamEvents(deps),
      exportData(deps),
      importData(deps),
      createCalendarFeed(deps),
      getCalendarFeed(deps),
      deleteCalendarFeed(deps),
      showCalendar(deps),
      listAudit(deps),
      exportAudit(deps),
      showAuditCausation(deps),
      previewRecurrence(),
      ...serveMcp(deps, offer),
      sendMessage(turns),
      resumeStream(deps, turns),
      listConversations(deps),
      getConversation(deps),
      deleteConversation(deps, turns),
      listActions(deps),
      confirmAction(deps),
      cancelAction(deps),
      undoAction(deps),
      listDeadLetters(deps),
      redriveDeadLetters(deps),
      showDeadLetter(deps),
      redriveDeadLetter(deps),
      discardDeadLetter(deps),
      showMesh(deps),
      showOutbox(deps),
      showLag(deps),
      showSchedules(deps),
      listEvents(deps),
      tailEvents(deps),
      showStory(deps),
      publishTestEvent(deps),
      showChain(deps),
      listMailbox(deps),
      showMail(deps),
      listUsers(deps),
      setLogLevel(deps),
    ]),
  })
