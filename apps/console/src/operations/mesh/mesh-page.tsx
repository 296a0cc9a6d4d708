import { api, bodyOf } from '../../api/api.ts'
import type { Mesh } from '../../api/openapi.d.ts'
import { OperationsPage } from '../operations-page.tsx'
import { Part } from '../part.tsx'
import { Row, Table } from '../table.tsx'
import { useReadings } from '../use-readings.ts'
import { FlowPart } from './flow-part.tsx'
import { ServiceCard } from './service-card.tsx'
import { SubscriptionsPart } from './subscriptions-part.tsx'

const readMesh = (signal: AbortSignal) => bodyOf(api.GET('/admin/mesh', { signal }))

/** Services with their sidecars, what flows between them, components and topics. */
export const MeshPage = () => {
  const { readings, latest: mesh, error, measuredAt } = useReadings(['mesh'], readMesh, { keep: 10 })
  return (
    <OperationsPage title="Mesh" about={mesh && inShort(mesh)} error={error} measuredAt={measuredAt}>
      {mesh && (
        <>
          <Part title="Services">
            <ul className="grid gap-3 sm:grid-cols-2 xl:grid-cols-3">
              {Object.entries(mesh.services).map(([name, service]) => (
                <ServiceCard key={name} name={name} service={service} />
              ))}
            </ul>
          </Part>
          <FlowPart mesh={mesh} readings={readings} />
          <SubscriptionsPart services={mesh.services} />
          <Part title="Components" about={`A sidecar loads a component when its scopes allow it.${without(mesh)}`}>
            <Table label="Components" head={['Name', 'Type', 'Version', 'Loaded by']}>
              {mesh.components.map(({ name, type, version, services }) => (
                <Row key={name} cells={[name, type, version, <Names key="services" names={services.toSorted()} />]} />
              ))}
            </Table>
          </Part>
          <Part title="Topics" about={`Publishers are those who have published since they started.${without(mesh)}`}>
            <Table
              label="Topics"
              head={['Name', 'Key', 'Partitions', 'Kept for', 'Types', 'Published by', 'Subscribed to by']}
            >
              {mesh.topics.map(({ name, key, partitions, retention_days, types, publishers, subscribers }) => (
                <Row
                  key={name}
                  cells={[
                    <span key="name" className="whitespace-nowrap">
                      {name}
                    </span>,
                    key,
                    partitions,
                    `${retention_days} days`,
                    <Names key="types" names={types} />,
                    <Names key="publishers" names={publishers.toSorted()} />,
                    <Names key="subscribers" names={subscribers.toSorted()} />,
                  ]}
                />
              ))}
            </Table>
          </Part>
        </>
      )}
    </OperationsPage>
  )
}

const inShort = ({ services }: Mesh): string => {
  const all = Object.entries(services)
  const bad = all.filter(([, { status }]) => status !== 'ok')
  const away = bad.filter(([, { status }]) => status === 'unreachable')
  if (away.length === all.length) return 'No service answers.'
  if (bad.length === 0) return `All ${all.length} services are well.`
  return `${bad.map(([name, { status }]) => `${name} is ${status}`).join(', ')}.`
}

/** What a service has loaded and subscribed to is known to itself only. */
const without = ({ unreachable }: Mesh) =>
  unreachable.length > 0 ? ` Missing is what those know who do not answer: ${unreachable.join(', ')}.` : ''

const Names = ({ names }: { names: string[] }) => (
  <ul className="whitespace-nowrap">
    {names.length === 0 && <li className="text-muted">–</li>}
    {names.map((name) => (
      <li key={name}>{name}</li>
    ))}
  </ul>
)
