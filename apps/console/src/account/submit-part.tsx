import { Button } from '../components/button.tsx'

/** The end of a form: what went wrong, and the button. */
export const SubmitPart = ({
  message,
  isSending,
  submit,
}: {
  message: string | undefined
  isSending: boolean
  submit: string
}) => (
  <>
    {message !== undefined && (
      <p role="alert" className="text-sm text-danger">
        {message}
      </p>
    )}
    <Button type="submit" look="primary" disabled={isSending} className="min-h-11">
      {submit}
    </Button>
  </>
)
