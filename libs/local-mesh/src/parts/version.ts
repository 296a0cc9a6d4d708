/** Whether `version` ('1.18.2') is lower than `than`. Missing numbers count as zero. */
export const isOlder = (version: string, than: string): boolean => {
  const numbers = (text: string) => text.split('.').map(Number)
  const [a, b] = [numbers(version), numbers(than)]
  for (let at = 0; at < Math.max(a.length, b.length); at++) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0)
    if (difference !== 0) return difference < 0
  }
  return false
}
