import { Link } from '@tanstack/react-router'
import type { AuditRecord } from '../../api/openapi.d.ts'
import { IdText } from '../id-text.tsx'
import { Row, Table } from '../table.tsx'
import { writeCount, writeInstant } from '../write.ts'

export const AuditRecords = ({ records, zone }: { records: AuditRecord[]; zone: string }) => (
  <Table label="Records" head={['Record', 'Time', 'Type', 'Subject', 'User', 'Data', 'Hash']}>
    {records.map(({ sequence, event_id, time, type, subject, user_id, data, erased, hash }) => (
      <Row
        key={sequence}
        cells={[
          writeCount(sequence),
          <time key="time" dateTime={time} className="whitespace-nowrap">
            {writeInstant(time, zone)}
          </time>,
          <Link
            key="type"
            to="/operations/events/$id"
            params={{ id: event_id }}
            className="font-medium whitespace-nowrap text-accent underline-offset-4 hover:underline"
          >
            {type}
          </Link>,
          <IdText key="subject" id={subject} />,
          <IdText key="user" id={user_id} />,
          <details key="data" className="min-w-40">
            <summary className="w-fit cursor-pointer whitespace-nowrap text-accent">
              {erased ? 'Show what was not erased' : 'Show'}
            </summary>
            <pre className="max-w-xl pt-1 text-xs leading-5 whitespace-pre-wrap wrap-anywhere">
              {JSON.stringify(data, null, 2)}
            </pre>
          </details>,
          <code key="hash" title={hash}>
            {hash.slice(0, 8)}…
          </code>,
        ]}
      />
    ))}
  </Table>
)
