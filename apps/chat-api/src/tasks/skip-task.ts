import * as tasks from '@taskflow/tasks'
import { changingTask } from './changing-task.ts'

export const skipTask = changingTask(
  'skip',
  'Skip this date of a recurring task: it moves to the next one; on schedule it is deleted (204)',
  tasks.skipTask,
)
