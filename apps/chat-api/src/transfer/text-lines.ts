/** The lines of a text without their ends (LF, CRLF or CR), one at a time: a list of ten million would need 500 MB. */
export function* textLines(text: string): Generator<string> {
  // Only a text without any LF ends its lines with CR.
  const separator = text.includes('\n') ? '\n' : '\r'
  for (let from = 0; ; ) {
    const end = text.indexOf(separator, from)
    if (end < 0) {
      yield text.slice(from)
      return
    }
    yield text.slice(from, text[end - 1] === '\r' && end > from ? end - 1 : end)
    from = end + 1
  }
}
