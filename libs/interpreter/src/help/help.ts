/** Commands by purpose, with examples. Each example is tested and in the documentation. */
export type Help = { does: string; examples: string[] }[]
