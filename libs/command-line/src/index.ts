import { type ParseArgsOptionsConfig, parseArgs } from 'node:util'

/** Values of the options: a string, or true for an option without a value. */
export type OptionValues<Options extends ParseArgsOptionsConfig> = {
  [Name in keyof Options]?: Options[Name]['type'] extends 'boolean' ? boolean : string
}

/**
 * Reads the options of a command from `process.argv`. `--help` prints `usage` and exits with 0; anything unknown prints
 * the problem and `usage` and exits with 2. Call it before the command does anything.
 */
export const readOptions = <const Options extends ParseArgsOptionsConfig>(
  usage: string,
  options: Options,
): OptionValues<Options> => readArguments(usage, options).values

/** As `readOptions`, for a command that also takes arguments without a name, at most `maxArguments`. */
export const readArguments = <const Options extends ParseArgsOptionsConfig>(
  usage: string,
  options: Options,
  maxArguments = 0,
): { values: OptionValues<Options>; positionals: string[] } => {
  const help = { type: 'boolean' } as const
  try {
    const { values, positionals } = parseArgs({ options: { ...options, help }, allowPositionals: maxArguments > 0 })
    if (positionals.length > maxArguments) throw new Error(`Unexpected argument '${positionals[maxArguments]}'`)
    const { help: isHelp, ...others } = values as Record<string, unknown>
    if (isHelp) {
      process.stdout.write(`${usage}\n`)
      process.exit(0)
    }
    return { values: others as OptionValues<Options>, positionals }
  } catch (error) {
    return refuse(usage, (error as Error).message.split('. ')[0]!)
  }
}

/** For an option with a wrong value: prints the problem and `usage` and exits with 2. */
export const refuse = (usage: string, problem: string): never => {
  process.stderr.write(`${problem}\n\n${usage}\n`)
  process.exit(2)
}

/** The items whose name contains `text`; exits with 2 and the known names when there are none. */
export const choose = <Item extends { name: string }>(usage: string, items: readonly Item[], text = ''): Item[] => {
  const chosen = items.filter(({ name }) => name.toLowerCase().includes(text.toLowerCase()))
  if (chosen.length > 0) return chosen
  return refuse(usage, `--only ${text} matches none of:\n${items.map(({ name }) => `  ${name}`).join('\n')}`)
}
