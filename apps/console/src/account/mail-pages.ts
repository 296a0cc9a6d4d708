/** One chunk: nobody needs them on the first load. */
export { ConfirmEmailPage } from './confirm-email-page.tsx'
export { ForgotPasswordPage } from './forgot-password-page.tsx'
export { ResetPasswordPage } from './reset-password-page.tsx'
