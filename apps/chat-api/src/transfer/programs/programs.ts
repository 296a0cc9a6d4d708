import { asana } from './asana.ts'
import { outlookTasks, planner } from './microsoft.ts'
import type { Program } from './program.ts'
import { tickTick } from './ticktick.ts'
import { todoist } from './todoist.ts'

const programs: Program[] = [todoist, tickTick, asana, outlookTasks, planner]

/** The program whose columns these are, in small letters; undefined when it is none that is known. */
export const programOf = (columns: string[]): Program | undefined =>
  programs.find((program) => program.columns.every((column) => columns.includes(column)))
