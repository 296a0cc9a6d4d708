export type { Meaning, NotUnderstood, Understood } from './line.ts'
export { maxQuickAddLength, type QuickAddReading, type QuickTask, readQuickAdd } from './read-quick-add.ts'
