export type { Meaning, Understood } from './line.ts'
export { maxQuickAddLength, type QuickTask, readQuickAdd } from './read-quick-add.ts'
