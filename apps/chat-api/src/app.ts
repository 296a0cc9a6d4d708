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
import { listAudit } from './api/list-audit.ts'
import { listTasks } from './api/list-tasks.ts'
import { login } from './api/login.ts'
import { previewRecurrence } from './api/preview-recurrence.ts'
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
