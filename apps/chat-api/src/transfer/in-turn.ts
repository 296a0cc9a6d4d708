/** Returns a function that does one piece of work after another, in the order they come. */
export const createTurns = () => {
  let last: Promise<unknown> = Promise.resolve()
  return <Done>(work: () => Promise<Done>): Promise<Done> => {
    const done = last.then(work)
    last = done.catch(() => {})
    return done
  }
}
