import type { ServiceState, UnreachableService } from '../../api/openapi.d.ts'
import { StateMark } from '../state-mark.tsx'
import { writeSpan } from '../write.ts'

/** A service with its sidecar: its state, and why it is degraded. */
export const ServiceCard = ({ name, service }: { name: string; service: ServiceState | UnreachableService }) => (
  <li className="card flex flex-col gap-2 p-4 text-sm">
    <div className="flex flex-wrap items-center justify-between gap-2">
      <h3 className="text-base font-semibold">{name}</h3>
      <StateMark state={service.status} />
    </div>
    {service.status === 'unreachable' ? (
      <p className="text-danger wrap-anywhere">{service.reason}</p>
    ) : (
      <>
        {Object.entries(service.checks)
          .filter(([, state]) => state !== 'ok')
          .map(([part, state]) => (
            <p key={part} className="text-danger wrap-anywhere">
              {part}: {state}
            </p>
          ))}
        <p className="text-muted">
          Version {service.version}, Node {service.node}, up for {writeSpan(service.uptime_seconds * 1_000)}
          {service.publishes && ', publishes its outbox'}
        </p>
        {service.sidecar ? (
          <p className="text-muted">
            Sidecar <span className="text-ink">{service.sidecar.id}</span>, Dapr {service.sidecar.runtimeVersion},
            subscribed to {service.sidecar.subscriptions.map(({ topic }) => topic).join(', ') || 'nothing'}
          </p>
        ) : (
          <p className="text-danger">Its sidecar does not say what it has loaded.</p>
        )}
        <p className="text-xs text-muted wrap-anywhere">Answered by {service.replica}</p>
      </>
    )}
  </li>
)
