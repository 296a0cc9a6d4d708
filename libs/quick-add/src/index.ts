export type { Meaning, Understood } from './line.ts'
export { longestQuickAdd, type QuickTask, readQuickAdd } from './read-quick-add.ts'
