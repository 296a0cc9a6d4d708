import { type EventType, type Topic, topics } from '@taskflow/event-contracts'

export const topicNames = Object.keys(topics) as Topic[]

const typesOn = (topic: Topic): string[] => topics[topic].events.map(({ type }) => type)

export const eventTypes = [...new Set(topicNames.flatMap(typesOn))] as EventType[]

/**
 * The topic from which the audit log takes events of a type: the first that carries it. A task.completed of a series is
 * on task-recurrence too, as the same event.
 */
export const topicOf = (type: string): Topic | null => topicNames.find((topic) => typesOn(topic).includes(type)) ?? null

/** The types that the audit log takes from a topic. */
export const typesOf = (topic: Topic): string[] => typesOn(topic).filter((type) => topicOf(type) === topic)
