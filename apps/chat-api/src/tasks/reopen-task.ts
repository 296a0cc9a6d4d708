import * as tasks from '@taskflow/tasks'
import { changingTask } from './changing-task.ts'

export const reopenTask = changingTask('reopen', 'Reopen a task; repeating it changes nothing', tasks.reopenTask)
