import { useQuery } from '@tanstack/react-query'
import { UnsubscribedNote } from '../account/confirmation-note.tsx'
import { api, bodyOf } from '../api/api.ts'
import type { PreferencesPatch } from '../api/openapi.d.ts'
import { describeError } from '../api/problems.ts'
import { queryClient } from '../api/query-client.ts'
import { Field } from '../components/field.tsx'
import { SwitchField } from '../components/switch-field.tsx'
import { NotificationList } from './notification-list.tsx'
import { Section } from './section.tsx'
import { useSave } from './use-save.ts'

const leads = [
  ['', 'none'],
  ['PT10M', '10 minutes before'],
  ['PT30M', '30 minutes before'],
  ['PT1H', '1 hour before'],
  ['P1D', '1 day before'],
] as const

const queryKey = ['preferences']

/** When and how reminders reach the person. Each choice is saved at once. */
export const NotificationsSection = () => {
  const { data, error } = useQuery({
    queryKey,
    queryFn: ({ signal }) => bodyOf(api.GET('/notifications/preferences', { signal })),
  })
  const { save, fields } = useSave()
  const set = (patch: PreferencesPatch) =>
    void save(async () => {
      queryClient.setQueryData(queryKey, await bodyOf(api.PATCH('/notifications/preferences', { body: patch })))
    })
  return (
    <Section title="Notifications" about="Times are on your own clock">
      {error && <p className="text-danger">{describeError(error)}</p>}
      <UnsubscribedNote />
      {data && (
        <>
          <SwitchField
            label="E-mail"
            hint="Reminders come by mail"
            isOn={data.channels.email}
            onChange={(email) => set({ channels: { email } })}
          />
          <SwitchField
            label="Quiet hours"
            hint="What is due then comes when they end"
            isOn={data.quiet_hours !== null}
            onChange={(on) => set({ quiet_hours: on ? { start: '22:00', end: '07:00' } : null })}
          />
          {data.quiet_hours && <QuietHours hours={data.quiet_hours} error={fields['quiet_hours.end']} set={set} />}
          <SwitchField
            label="Daily digest"
            hint="One mail a day instead of one for each reminder"
            isOn={data.daily_digest !== null}
            onChange={(on) => set({ daily_digest: on ? '08:00' : null })}
          />
          {data.daily_digest && (
            <Field label="Comes at" className="w-36">
              {(attributes) => (
                <input
                  {...attributes}
                  type="time"
                  key={data.daily_digest}
                  defaultValue={data.daily_digest ?? ''}
                  className="field"
                  onBlur={({ target }) =>
                    target.value && target.value !== data.daily_digest && set({ daily_digest: target.value })
                  }
                />
              )}
            </Field>
          )}
          <Field
            label="Reminders of a day come at"
            hint="Of tasks without a time; those before it are counted from then"
            className="max-w-xs"
          >
            {(attributes) => (
              <input
                {...attributes}
                type="time"
                key={data.reminder_time}
                defaultValue={data.reminder_time}
                className="field"
                onBlur={({ target }) =>
                  target.value && target.value !== data.reminder_time && set({ reminder_time: target.value })
                }
              />
            )}
          </Field>
          <Field label="New tasks with a due date remind" className="max-w-xs">
            {(attributes) => (
              <select
                {...attributes}
                className="field"
                value={data.default_lead_time ?? ''}
                onChange={({ target }) => set({ default_lead_time: target.value || null })}
              >
                {leads.map(([value, text]) => (
                  <option key={value} value={value}>
                    {text}
                  </option>
                ))}
                {data.default_lead_time !== null && !leads.some(([value]) => value === data.default_lead_time) && (
                  <option value={data.default_lead_time}>{data.default_lead_time}</option>
                )}
              </select>
            )}
          </Field>
          <NotificationList />
        </>
      )}
    </Section>
  )
}

const QuietHours = ({
  hours,
  error,
  set,
}: {
  hours: { start: string; end: string }
  error: string | undefined
  set: (patch: PreferencesPatch) => void
}) => (
  <div className="flex flex-wrap gap-4">
    {(['start', 'end'] as const).map((edge) => (
      <Field
        key={edge}
        label={edge === 'start' ? 'From' : 'To'}
        error={edge === 'end' ? error : undefined}
        className="w-36"
      >
        {(attributes) => (
          <input
            {...attributes}
            type="time"
            key={hours[edge]}
            defaultValue={hours[edge]}
            className="field"
            onBlur={({ target }) =>
              target.value && target.value !== hours[edge] && set({ quiet_hours: { ...hours, [edge]: target.value } })
            }
          />
        )}
      </Field>
    ))}
  </div>
)
