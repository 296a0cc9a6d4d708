import * as tasks from '@taskflow/tasks'
import { changingTask } from './changing-task.ts'

export const completeTask = changingTask(
  'complete',
  'Complete a task; repeating it changes nothing',
  tasks.completeTask,
)
