import { useEffect, useState } from 'react'

/** The token of the mail whose link led here, out of the address, where it would stay in the browser's history. */
export const useMailToken = (): string | null => {
  const [token] = useState(() => new URLSearchParams(window.location.hash.slice(1)).get('token'))
  useEffect(() => window.history.replaceState(window.history.state, '', window.location.pathname), [])
  return token
}
