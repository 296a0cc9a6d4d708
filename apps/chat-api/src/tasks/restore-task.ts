import * as tasks from '@taskflow/tasks'
import { changingTask } from './changing-task.ts'

export const restoreTask = changingTask(
  'restore',
  'Take back the deletion of a task, within 30 days; repeating it changes nothing',
  tasks.restoreTask,
)
