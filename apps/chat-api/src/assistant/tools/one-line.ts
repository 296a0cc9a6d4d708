const maxLength = 80

/**
 * A text on one line and cut to 80 characters. Control and bidirectional characters, which could hide a part, are
 * removed.
 */
export const oneLine = (text: string): string => {
  const clean = text.replaceAll(/[\p{C}\p{Zl}\p{Zp}\s]+/gu, ' ').trim()
  return clean.length > maxLength ? `${clean.slice(0, maxLength - 1)}…` : clean
}
