import pg from 'pg'

/** Errors of this service's own connections. By its code alone, an error may as well be of a handler's HTTP call. */
const ofDatabase = new WeakSet<Error>()

export const markOfDatabase = (error: Error): void => {
  ofDatabase.add(error)
}

/** pg gave up waiting for the end of a statement: the server's host may have vanished. */
export const isSilence = (error: unknown): boolean => error instanceof Error && error.message === 'Query read timeout'

/** pg reports these without a code. */
const lost =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Client was closed and is not queryable)/

/** Whether the connection to the database failed. */
export const isConnectionLost = (error: unknown): boolean => {
  for (let current = error; current instanceof Error; current = current.cause)
    if (ofDatabase.has(current) || isSilence(current) || lost.test(current.message)) return true
  return false
}

/**
 * Codes by which the server says that a statement was not at fault: it is away or shutting down, another transaction
 * interfered (deadlock, serialization), or a lock was held too long (PostgreSQL documentation, appendix A).
 */
const notItsFault = /^(08|40001|40P01|53|55P03|57P0)/

/** Whether the database, and not what was asked of it, is the reason of a failure. */
export const isOfDatabase = (error: unknown): boolean => {
  for (let current = error; current instanceof Error; current = current.cause)
    if (current instanceof pg.DatabaseError && notItsFault.test(current.code ?? '')) return true
  return isConnectionLost(error)
}

/**
 * Codes of what is wrong with the service or its database, whichever event is handled: a missing table, column or
 * right, a standby that takes no writes, a statement that takes too long, a failure of the server.
 */
const ofService = /^(25|28|3D|3F|42|57014|58|F0|XX)/

/** Thrown by a handler when the service itself is at fault, such as by a wrong key: no event is given up for that. */
export class ServiceFault extends Error {
  override name = 'ServiceFault'
}

/** Whether the service, and not the event, is the reason why a handler failed. */
export const isOfService = (error: unknown): boolean => {
  for (let current = error; current instanceof Error; current = current.cause) {
    if (current instanceof ServiceFault) return true
    if (current instanceof pg.DatabaseError && ofService.test(current.code ?? '')) return true
  }
  return false
}
