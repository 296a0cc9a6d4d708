import { useEffect, useState } from 'react'

/** The value, once it has stayed the same for a while. */
export const useDebounced = <Value>(value: Value, milliseconds = 120): Value => {
  const [settled, settle] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => settle(value), milliseconds)
    return () => clearTimeout(timer)
  }, [value, milliseconds])
  return settled
}
