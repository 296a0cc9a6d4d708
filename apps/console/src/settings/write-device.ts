const browsers: [RegExp, string][] = [
  [/Edg\//, 'Edge'],
  [/OPR\//, 'Opera'],
  [/Firefox\//, 'Firefox'],
  [/Chrome\//, 'Chrome'],
  [/Safari\//, 'Safari'],
]
const systems: [RegExp, string][] = [
  [/iPhone|iPad/, 'iOS'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'macOS'],
  [/Linux/, 'Linux'],
]

const nameIn = (text: string, names: [RegExp, string][]) => names.find(([pattern]) => pattern.test(text))?.[1]

/** What a program called itself, as people say it: `Firefox on Linux`. */
export const writeDevice = (user_agent: string | null): string => {
  if (user_agent === null || user_agent === '') return 'Unknown program'
  const [browser, system] = [nameIn(user_agent, browsers), nameIn(user_agent, systems)]
  if (!browser) return user_agent
  return system ? `${browser} on ${system}` : browser
}
