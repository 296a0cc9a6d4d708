// Written by `npm run generate:api-types`; a test finds it when it is old.

import type { UIMessage } from "ai";
type ChatUIMessage = UIMessage<MessageFacts, {
    action: ChatAction;
    notice: {
        text: string;
    };
}>;
export interface paths {
    "/admin/audit/chain": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whether the audit log is as it was written: length, last checkpoint, verification
         * @description Needs the admin role and the scope admin.
         */
        get: operations["getAdminAuditChain"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/dead-letters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List events that a service could not handle
         * @description Needs the admin role and the scope admin.
         */
        get: operations["getAdminDeadLetters"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/dead-letters/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show such an event with its content, and what is wrong with it
         * @description Needs the admin role and the scope admin.
         */
        get: operations["getAdminDeadLettersId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/dead-letters/{id}/discard": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give up on an event for good, with the reason
         * @description Needs the admin role and the scope admin.
         */
        post: operations["postAdminDeadLettersIdDiscard"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/dead-letters/{id}/redrive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Have a parked event handled again by its consumer
         * @description Needs the admin role and the scope admin.
         */
        post: operations["postAdminDeadLettersIdRedrive"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/dead-letters/discard-matching": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give up on held events of a consumer by what they have in common; repeat until none is left
         * @description Needs the admin role and the scope admin.
         */
        post: operations["postAdminDeadLettersDiscardMatching"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/dead-letters/redrive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Have several parked events handled again
         * @description Needs the admin role and the scope admin.
         */
        post: operations["postAdminDeadLettersRedrive"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/dead-letters/redrive-matching": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Have parked events of a consumer handled again by what they have in common; repeat until none is left
         * @description Needs the admin role and the scope admin.
         */
        post: operations["postAdminDeadLettersRedriveMatching"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the events of all users, newest first
         * @description Needs the admin role and the scope admin.
         */
        get: operations["getAdminEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/events/{id}/story": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The way of an event: request, outbox, topic, each consumer, with latencies, and its causes and effects
         * @description Needs the admin role and the scope admin.
         */
        get: operations["getAdminEventsIdStory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/events/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The events of all users live, as Server-Sent Events: record, skipped, trouble, recovered
         * @description Needs the admin role and the scope admin.
         */
        get: operations["getAdminEventsStream"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/events/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Publish an event about nothing, or one that its consumers cannot read and park
         * @description Needs the admin role and the scope admin.
         */
        post: operations["postAdminEventsTest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/lag": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How far each consumer group is behind in each partition
         * @description Needs the admin role and the scope admin.
         */
        get: operations["getAdminLag"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/log-level": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Have all replicas of a service log more or less for a while
         * @description Needs the admin role and the scope admin.
         */
        put: operations["putAdminLogLevel"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/mailbox": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List mail that was caught instead of sent, newest first; 404 where mail is really sent
         * @description Needs the admin role and the scope admin.
         */
        get: operations["getAdminMailbox"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/mailbox/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show a caught mail
         * @description Needs the admin role and the scope admin.
         */
        get: operations["getAdminMailboxId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/mesh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Services and sidecars: versions, components, subscriptions, health, what flows
         * @description Needs the admin role and the scope admin.
         */
        get: operations["getAdminMesh"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/outbox": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How delivery stands at each service
         * @description Needs the admin role and the scope admin.
         */
        get: operations["getAdminOutbox"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/schedules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What fires next: reminders and recurring tasks of all users
         * @description Needs the admin role and the scope admin.
         */
        get: operations["getAdminSchedules"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/subscriptions/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Pause a subscription of a service: its events stay in Kafka
         * @description Needs the admin role and the scope admin.
         */
        post: operations["postAdminSubscriptionsPause"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/subscriptions/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Resume a paused subscription; for some minutes the service does not pause it by itself
         * @description Needs the admin role and the scope admin.
         */
        post: operations["postAdminSubscriptionsResume"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List accounts, newest first; by the beginning of their e-mail address
         * @description Needs the admin role and the scope admin.
         */
        get: operations["getAdminUsers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/users/{id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End the suspension of an account
         * @description Needs the admin role and the scope admin.
         */
        post: operations["postAdminUsersIdResume"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/users/{id}/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Sign an account out everywhere
         * @description Needs the admin role and the scope admin.
         */
        delete: operations["deleteAdminUsersIdSessions"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/users/{id}/suspend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Suspend an account: nobody signs in to it, its tokens are refused within 10 s, nothing is sent for it
         * @description Needs the admin role and the scope admin.
         */
        post: operations["postAdminUsersIdSuspend"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what happened to your tasks and your account (needs account:read too), newest first
         * @description Needs the scope tasks:read.
         */
        get: operations["getAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit/{event_id}/causation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show what caused an event, and what it caused
         * @description Needs the scope tasks:read.
         */
        get: operations["getAuditEventIdCausation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export what happened to your tasks and your account (needs account:read too) as NDJSON, oldest first
         * @description Needs the scope tasks:read.
         */
        get: operations["getAuditExport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/apps": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the apps that act for you, newest first
         * @description For a person who has signed in, not for an API token.
         */
        get: operations["getAuthApps"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/apps/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Disconnect an app: its tokens are taken back
         * @description For a person who has signed in, not for an API token.
         */
        delete: operations["deleteAuthAppsId"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/change-email": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Have a link mailed to a new e-mail address; it replaces yours once the link is followed
         * @description For a person who has signed in, not for an API token.
         */
        post: operations["postAuthChangeEmail"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/change-password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Change your password and sign out everywhere else
         * @description For a person who has signed in, not for an API token.
         */
        post: operations["postAuthChangePassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/confirm-email": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Confirm an e-mail address with the token of a mail; a new address ends all sessions */
        post: operations["postAuthConfirmEmail"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/forgot-password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Have a link to set a new password mailed, if the address has an account */
        post: operations["postAuthForgotPassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign in */
        post: operations["postAuthLogin"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign out; repeating it changes nothing */
        post: operations["postAuthLogout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show your account
         * @description Needs the scope account:read.
         */
        get: operations["getAuthMe"];
        put?: never;
        post?: never;
        /**
         * Delete your account and all that is yours, for good
         * @description For a person who has signed in, not for an API token.
         */
        delete: operations["deleteAuthMe"];
        options?: never;
        head?: never;
        /**
         * Change your name, time zone or locale
         * @description Needs the scope account:write.
         */
        patch: operations["patchAuthMe"];
        trace?: never;
    };
    "/auth/openid/links": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The accounts of OpenID providers that sign you in, newest first
         * @description For a person who has signed in, not for an API token.
         */
        get: operations["getAuthOpenidLinks"];
        put?: never;
        /**
         * Link the account that the response of an OpenID provider names: it signs you in from then on
         * @description For a person who has signed in, not for an API token.
         */
        post: operations["postAuthOpenidLinks"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/openid/links/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Unlink an account of an OpenID provider; not the last way to sign in
         * @description For a person who has signed in, not for an API token.
         */
        delete: operations["deleteAuthOpenidLinksId"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/openid/links/options": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin to link an account of an OpenID provider to yours: returns its page; the browser keeps a cookie
         * @description For a person who has signed in, not for an API token.
         */
        post: operations["postAuthOpenidLinksOptions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/openid/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign in with the response of an OpenID provider; creates the account at the first sign-in */
        post: operations["postAuthOpenidLogin"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/openid/login/options": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Begin to sign in with an account of an OpenID provider: returns its page; the browser keeps a cookie */
        post: operations["postAuthOpenidLoginOptions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/openid/providers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The OpenID providers that people may sign in with */
        get: operations["getAuthOpenidProviders"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/passkey-login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign in with a passkey */
        post: operations["postAuthPasskeyLogin"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/passkey-login/options": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Begin to sign in with a passkey: returns what the browser needs */
        post: operations["postAuthPasskeyLoginOptions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/passkeys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Your passkeys, newest first
         * @description For a person who has signed in, not for an API token.
         */
        get: operations["getAuthPasskeys"];
        put?: never;
        /**
         * Add the passkey that the browser made
         * @description For a person who has signed in, not for an API token.
         */
        post: operations["postAuthPasskeys"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/passkeys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Remove a passkey; not the last way to sign in
         * @description For a person who has signed in, not for an API token.
         */
        delete: operations["deleteAuthPasskeysId"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/passkeys/options": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin to make a passkey: returns what the browser needs
         * @description For a person who has signed in, not for an API token.
         */
        post: operations["postAuthPasskeysOptions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Stay signed in: returns a new token and the next refresh token */
        post: operations["postAuthRefresh"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/resend-confirmation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Have the link that confirms your e-mail address mailed again; nothing is mailed when that is not needed
         * @description For a person who has signed in, not for an API token.
         */
        post: operations["postAuthResendConfirmation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/reset-password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Set a new password with the token of a mail and sign out everywhere */
        post: operations["postAuthResetPassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/second-factor": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whether sign-in asks for a code of an authenticator app
         * @description For a person who has signed in, not for an API token.
         */
        get: operations["getAuthSecondFactor"];
        put?: never;
        /**
         * Begin to use an authenticator app: returns its secret, to be confirmed with a first code
         * @description For a person who has signed in, not for an API token.
         */
        post: operations["postAuthSecondFactor"];
        /**
         * Stop using the authenticator app
         * @description For a person who has signed in, not for an API token.
         */
        delete: operations["deleteAuthSecondFactor"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/second-factor/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Confirm the authenticator app with a code: sign-in asks for one from then on
         * @description For a person who has signed in, not for an API token.
         */
        post: operations["postAuthSecondFactorConfirm"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/second-factor/recovery-codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make new recovery codes; the ones before stop working
         * @description For a person who has signed in, not for an API token.
         */
        post: operations["postAuthSecondFactorRecoveryCodes"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Where you are signed in, last used first
         * @description For a person who has signed in, not for an API token.
         */
        get: operations["getAuthSessions"];
        put?: never;
        post?: never;
        /**
         * Sign out everywhere else
         * @description For a person who has signed in, not for an API token.
         */
        delete: operations["deleteAuthSessions"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/sessions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Sign out on one device
         * @description For a person who has signed in, not for an API token.
         */
        delete: operations["deleteAuthSessionsId"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/signup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Create an account and sign in */
        post: operations["postAuthSignup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/step-up": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Prove again who you are, with a passkey: what needs a fresh sign-in works for 15 minutes
         * @description For a person who has signed in, not for an API token.
         */
        post: operations["postAuthStepUp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/step-up/options": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin to prove again who you are, with a passkey
         * @description For a person who has signed in, not for an API token.
         */
        post: operations["postAuthStepUpOptions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List your API tokens, newest first
         * @description For a person who has signed in, not for an API token.
         */
        get: operations["getAuthTokens"];
        put?: never;
        /**
         * Make an API token for a program; it is shown once
         * @description For a person who has signed in, not for an API token.
         */
        post: operations["postAuthTokens"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/tokens/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Take an API token back
         * @description For a person who has signed in, not for an API token.
         */
        delete: operations["deleteAuthTokensId"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/calendar-feed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show whether calendar programs can read your due dates; the address itself is not kept
         * @description Needs the scope account:read.
         */
        get: operations["getCalendarFeed"];
        put?: never;
        /**
         * Get the address under which calendar programs read your due dates (needs tasks:read too); it is shown once, the one before ends
         * @description Needs the scope account:write.
         */
        post: operations["postCalendarFeed"];
        /**
         * Let no calendar program read your due dates any more
         * @description Needs the scope account:write.
         */
        delete: operations["deleteCalendarFeed"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/categories": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List your categories by name, with the number of open tasks of each
         * @description Needs the scope tasks:read.
         */
        get: operations["getCategories"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/categories/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Take a category from all your tasks; the tasks stay
         * @description Needs the scope tasks:write.
         */
        delete: operations["deleteCategoriesName"];
        options?: never;
        head?: never;
        /**
         * Give a category another name in all your tasks; with the name of another one they become one
         * @description Needs the scope tasks:write.
         */
        patch: operations["patchCategoriesName"];
        trace?: never;
    };
    "/chat": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say something to the assistant; the answer comes as a UI message stream of the AI SDK
         * @description Needs the scope tasks:read.
         */
        post: operations["postChat"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/chat/{id}/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Listen, from its beginning, to the answer that is being made in a conversation; 204 when none is made here
         * @description Needs the scope tasks:read.
         */
        get: operations["getChatIdStream"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/chat/actions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what the assistant changed, or wants to change and you must confirm; newest first
         * @description Needs the scope tasks:read.
         */
        get: operations["getChatActions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/chat/actions/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel a pending action
         * @description Needs the scope tasks:write.
         */
        post: operations["postChatActionsIdCancel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/chat/actions/{id}/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Have done what waits for you; repeating it answers the first result
         * @description Needs the scope tasks:write.
         */
        post: operations["postChatActionsIdConfirm"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/chat/actions/{id}/undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take back what the assistant changed, once; what was changed since stays as it is
         * @description Needs the scope tasks:write.
         */
        post: operations["postChatActionsIdUndo"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/chat/conversations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List your conversations with the assistant, the one used last first
         * @description Needs the scope tasks:read.
         */
        get: operations["getChatConversations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/chat/conversations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show a conversation with its messages, as UI messages of the AI SDK
         * @description Needs the scope tasks:read.
         */
        get: operations["getChatConversationsId"];
        put?: never;
        post?: never;
        /**
         * Delete a conversation: its messages are forgotten, and its changes stay but cannot be undone here
         * @description Needs the scope tasks:write.
         */
        delete: operations["deleteChatConversationsId"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Your events live, as Server-Sent Events; Last-Event-ID goes on where a stream ended
         * @description Needs the scope tasks:read.
         */
        get: operations["getEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Take your data with you: everything as JSON (needs account:read too), tasks as CSV or iCalendar
         * @description Needs the scope tasks:read.
         */
        get: operations["getExport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create tasks from an export, a CSV file or a calendar; the answer reports on each
         * @description Needs the scope tasks:write.
         */
        post: operations["postImport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/notifications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what was sent to you, waits or failed, newest first
         * @description Needs the scope account:read.
         */
        get: operations["getNotifications"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/notifications/preferences": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show how you are notified
         * @description Needs the scope account:read.
         */
        get: operations["getNotificationsPreferences"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change how you are notified
         * @description Needs the scope account:write.
         */
        patch: operations["patchNotificationsPreferences"];
        trace?: never;
    };
    "/notifications/webhook": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show the URL that your reminders are posted to
         * @description Needs the scope account:read.
         */
        get: operations["getNotificationsWebhook"];
        /**
         * Register the URL that your reminders are posted to (needs tasks:read too); returns a new secret. Verify it next
         * @description Needs the scope account:write.
         */
        put: operations["putNotificationsWebhook"];
        post?: never;
        /**
         * Have nothing posted any more
         * @description Needs the scope account:write.
         */
        delete: operations["deleteNotificationsWebhook"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/notifications/webhook/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Post a challenge to your webhook (needs tasks:read too); once it is repeated, reminders are posted
         * @description Needs the scope account:write.
         */
        post: operations["postNotificationsWebhookVerify"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/oauth/consents/{uid}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show what an app asks for, in the browser in which it was begun
         * @description For a person who has signed in, not for an API token.
         */
        get: operations["getOauthConsentsUid"];
        put?: never;
        /**
         * Allow what an app asks for, less of it, or nothing; then send the browser to redirect_to
         * @description For a person who has signed in, not for an API token.
         */
        post: operations["postOauthConsentsUid"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/recurrence/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Show the next dates of a rule, and the rule as a sentence
         * @description Needs the scope tasks:read.
         */
        post: operations["postRecurrencePreview"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/recurring-tasks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List recurring tasks, newest first
         * @description Needs the scope tasks:read.
         */
        get: operations["getRecurringTasks"];
        put?: never;
        /**
         * Create a recurring task; its tasks are made when their dates come
         * @description Needs the scope tasks:write.
         */
        post: operations["postRecurringTasks"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/recurring-tasks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a recurring task with the dates that come next
         * @description Needs the scope tasks:read.
         */
        get: operations["getRecurringTasksId"];
        put?: never;
        post?: never;
        /**
         * Delete a recurring task with its open tasks, or keep these as tasks that no longer recur
         * @description Needs the scope tasks:write.
         */
        delete: operations["deleteRecurringTasksId"];
        options?: never;
        head?: never;
        /**
         * Change a recurring task: the tasks to come, and with scope "all", the default, the open ones too
         * @description Needs the scope tasks:write.
         */
        patch: operations["patchRecurringTasksId"];
        trace?: never;
    };
    "/recurring-tasks/{id}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make no further task until it is resumed; open ones stay
         * @description Needs the scope tasks:write.
         */
        post: operations["postRecurringTasksIdPause"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/recurring-tasks/{id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Go on with the next date that is still to come
         * @description Needs the scope tasks:write.
         */
        post: operations["postRecurringTasksIdResume"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/recurring-tasks/{id}/skip": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Skip one date, by default the next; its open task is skipped with it
         * @description Needs the scope tasks:write.
         */
        post: operations["postRecurringTasksIdSkip"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Find tasks by their words, best first
         * @description Needs the scope tasks:read.
         */
        get: operations["getSearch"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tags": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List your tags by name, with the number of open tasks of each
         * @description Needs the scope tasks:read.
         */
        get: operations["getTags"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tags/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Take a tag from all your tasks; the tasks stay
         * @description Needs the scope tasks:write.
         */
        delete: operations["deleteTagsName"];
        options?: never;
        head?: never;
        /**
         * Give a tag another name in all your tasks; with the name of another one they become one
         * @description Needs the scope tasks:write.
         */
        patch: operations["patchTagsName"];
        trace?: never;
    };
    "/tasks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List tasks, newest first by default; deleted ones with deleted=true
         * @description Needs the scope tasks:read.
         */
        get: operations["getTasks"];
        put?: never;
        /**
         * Create a task
         * @description Needs the scope tasks:write.
         */
        post: operations["postTasks"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show a task
         * @description Needs the scope tasks:read.
         */
        get: operations["getTasksId"];
        put?: never;
        post?: never;
        /**
         * Delete a task; it can be restored for 30 days. Of a recurring one: skip it, end its series, or keep the series
         * @description Needs the scope tasks:write.
         */
        delete: operations["deleteTasksId"];
        options?: never;
        head?: never;
        /**
         * Change the given fields of a task
         * @description Needs the scope tasks:write.
         */
        patch: operations["patchTasksId"];
        trace?: never;
    };
    "/tasks/{id}/complete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Complete a task; repeating it changes nothing
         * @description Needs the scope tasks:write.
         */
        post: operations["postTasksIdComplete"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks/{id}/reminders/{reminder_id}/dismiss": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Dismiss a reminder; repeating it changes nothing
         * @description Needs the scope tasks:write.
         */
        post: operations["postTasksIdRemindersReminderIdDismiss"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks/{id}/reminders/{reminder_id}/snooze": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Put a reminder off
         * @description Needs the scope tasks:write.
         */
        post: operations["postTasksIdRemindersReminderIdSnooze"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks/{id}/reopen": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Reopen a task; repeating it changes nothing
         * @description Needs the scope tasks:write.
         */
        post: operations["postTasksIdReopen"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks/{id}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take back the deletion of a task, within 30 days; repeating it changes nothing
         * @description Needs the scope tasks:write.
         */
        post: operations["postTasksIdRestore"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks/{id}/skip": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Skip this date of a recurring task: it moves to the next one; on schedule it is deleted (204)
         * @description Needs the scope tasks:write.
         */
        post: operations["postTasksIdSkip"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks/bulk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create and change up to 100 tasks; each has a result of its own
         * @description Needs the scope tasks:write.
         */
        post: operations["postTasksBulk"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks/quick-add": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create a task from one line of text, and report what was understood; dry_run only reports
         * @description Needs the scope tasks:write.
         */
        post: operations["postTasksQuickAdd"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show how much you store, and how much you may
         * @description Needs the scope tasks:read.
         */
        get: operations["getUsage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Account: {
            /**
             * Format: date-time
             * @description ISO 8601 instant in UTC, ends in Z
             */
            created_at: string;
            email: string;
            /** Format: uuid */
            id: string;
            locale: string;
            name: string;
            /** @enum {string} */
            role: "user" | "admin";
            suspended_at: string | null;
            time_zone: string;
        };
        AddedLink: {
            /** Format: uuid */
            id: string;
        };
        AddedPasskey: {
            id: string;
        };
        ApiToken: {
            /**
             * Format: date-time
             * @description ISO 8601 instant in UTC, ends in Z
             */
            created_at: string;
            expires_at: string | null;
            /** Format: uuid */
            id: string;
            /** @description to the minute */
            last_used_at: string | null;
            name: string;
            scopes: ("tasks:read" | "tasks:write" | "account:read" | "account:write" | "admin")[];
        };
        ApiTokenPage: {
            data: components["schemas"]["ApiToken"][];
            next_cursor: string | null;
        };
        AuditChain: {
            checkpoint: {
                /** @description whether the chain still has that record with that hash */
                holds: boolean;
                /** @description whether the signature is valid */
                is_signed: boolean;
                sequence: number;
                time: string;
            } | null;
            hash: string;
            length: number;
            verification: {
                begun_at: string | null;
                first_bad: {
                    detail: string;
                    found_at: string;
                    kind: string;
                    sequence: number;
                } | null;
                verified_at: string | null;
                verified_to: number;
            };
        };
        AuditRecord: {
            causation_id: string | null;
            /** @description from where a person asked for it */
            client_address: string | null;
            correlation_id: string | null;
            data: unknown;
            erased: boolean;
            event_id: string;
            hash: string;
            /**
             * Format: date-time
             * @description ISO 8601 instant in UTC, ends in Z
             */
            recorded_at: string;
            sequence: number;
            source: string;
            subject: string;
            /**
             * Format: date-time
             * @description ISO 8601 instant in UTC, ends in Z
             */
            time: string;
            traceparent: string | null;
            type: string;
            user_id: string | null;
        };
        AuditRecordPage: {
            data: components["schemas"]["AuditRecord"][];
            next_cursor: string | null;
        };
        BegunAtProvider: {
            /** @description where to send the browser */
            url: string;
        };
        BegunSecondFactor: {
            secret: string;
            /** @description for a QR code: otpauth://totp/... */
            uri: string;
        };
        BulkOperation: {
            /** @constant */
            action: "create";
            task: {
                /** @default null */
                category?: string | null;
                /** @default  */
                description?: string;
                due_date?: string | null;
                /** @default null */
                due_on?: string | null;
                /**
                 * @default medium
                 * @enum {string}
                 */
                priority?: "low" | "medium" | "high";
                /**
                 * @default due_date
                 * @enum {string}
                 */
                recurrence_anchor?: "due_date" | "completed_at";
                /**
                 * @default skip
                 * @enum {string}
                 */
                recurrence_catch_up?: "skip" | "all";
                /** @default 1 */
                recurrence_interval?: number;
                /**
                 * @default on_completion
                 * @enum {string}
                 */
                recurrence_mode?: "on_completion" | "on_schedule";
                /** @default null */
                recurrence_rule?: string | null;
                /** @example 09:00 */
                reminder_time?: string;
                reminders?: {
                    at?: string;
                    offset?: string;
                    /** @enum {string} */
                    type: "24_hours_before" | "1_hour_before" | "before" | "after" | "at";
                }[];
                tags?: string[];
                time_zone?: string;
                title: string;
            };
        } | {
            /** @constant */
            action: "update";
            changes: {
                category?: string | null;
                description?: string;
                due_date?: string | null;
                due_on?: string | null;
                /** @enum {string} */
                priority?: "low" | "medium" | "high";
                /** @enum {string} */
                recurrence_anchor?: "due_date" | "completed_at";
                /** @enum {string} */
                recurrence_catch_up?: "skip" | "all";
                recurrence_interval?: number;
                /** @enum {string} */
                recurrence_mode?: "on_completion" | "on_schedule";
                recurrence_rule?: string | null;
                /** @example 09:00 */
                reminder_time?: string;
                reminders?: {
                    at?: string;
                    offset?: string;
                    /** @enum {string} */
                    type: "24_hours_before" | "1_hour_before" | "before" | "after" | "at";
                }[];
                tags?: string[];
                time_zone?: string;
                title?: string;
            };
            /** Format: uuid */
            id: string;
            if_version?: number;
            /** @enum {string} */
            scope?: "this" | "following" | "all";
        } | {
            /** @enum {string} */
            action: "complete" | "reopen" | "skip" | "restore";
            /** Format: uuid */
            id: string;
            if_version?: number;
        } | {
            /** @constant */
            action: "delete";
            /** Format: uuid */
            id: string;
            if_version?: number;
            /** @enum {string} */
            series?: "skip" | "end" | "keep";
        };
        BulkResult: {
            /** @description in the answer that makes it repeat: what to know, like a due date that is none of its rule */
            notes?: string[];
            problem?: components["schemas"]["Problem"];
            status: number;
            task?: components["schemas"]["Task"];
        };
        BulkResults: {
            results: components["schemas"]["BulkResult"][];
        };
        CalendarFeed: {
            /**
             * Format: date-time
             * @description ISO 8601 instant in UTC, ends in Z
             */
            created_at: string;
        };
        CaughtMail: {
            created: string;
            from: string | null;
            id: string;
            size: number;
            subject: string;
            to: string[];
        };
        CaughtMailPage: {
            data: components["schemas"]["CaughtMail"][];
            next_cursor: string | null;
            total: number;
        };
        Causation: {
            complete: boolean;
            data: components["schemas"]["Cause"];
        };
        Cause: {
            causation_id: string | null;
            caused: unknown[];
            /** @description from where a person asked for it */
            client_address: string | null;
            correlation_id: string | null;
            data: unknown;
            erased: boolean;
            event_id: string;
            hash: string;
            /**
             * Format: date-time
             * @description ISO 8601 instant in UTC, ends in Z
             */
            recorded_at: string;
            sequence: number;
            source: string;
            subject: string;
            /**
             * Format: date-time
             * @description ISO 8601 instant in UTC, ends in Z
             */
            time: string;
            traceparent: string | null;
            type: string;
            user_id: string | null;
        };
        ChatAction: {
            can_undo: boolean;
            /** Format: uuid */
            conversation_id: string;
            /**
             * Format: date-time
             * @description ISO 8601 instant in UTC, ends in Z
             */
            created_at: string;
            decided_at: string | null;
            /** @description until when it can be confirmed; null when it needed no confirmation */
            expires_at: string | null;
            /** Format: uuid */
            id: string;
            input: {
                [key: string]: unknown;
            };
            /** @enum {string} */
            state: "pending" | "done" | "cancelled" | "undone" | "expired";
            /** @description what it does, in words */
            summary: string;
            tool: string;
        };
        ChatActionPage: {
            data: components["schemas"]["ChatAction"][];
            next_cursor: string | null;
        };
        ChatMessage: ChatUIMessage;
        ConfirmedAction: {
            can_undo: boolean;
            /** Format: uuid */
            conversation_id: string;
            /**
             * Format: date-time
             * @description ISO 8601 instant in UTC, ends in Z
             */
            created_at: string;
            decided_at: string | null;
            /** @description until when it can be confirmed; null when it needed no confirmation */
            expires_at: string | null;
            /** Format: uuid */
            id: string;
            input: {
                [key: string]: unknown;
            };
            /** @description what the tool answered */
            output: {
                [key: string]: unknown;
            };
            /** @enum {string} */
            state: "pending" | "done" | "cancelled" | "undone" | "expired";
            /** @description what it does, in words */
            summary: string;
            tool: string;
        };
        ConfirmedEmail: {
            email: string;
        };
        ConnectedApp: {
            /**
             * Format: date-time
             * @description ISO 8601 instant in UTC, ends in Z
             */
            connected_at: string;
            /** @description where the app is sent back to: a host, or the scheme of a program */
            host: string;
            id: string;
            /** @description when it last fetched an access token */
            last_used_at: string | null;
            name: string;
            scopes: ("tasks:read" | "tasks:write")[];
        };
        ConnectedAppPage: {
            data: components["schemas"]["ConnectedApp"][];
            next_cursor: string | null;
        };
        Consent: {
            /** @description where the app is sent back to: a host, or the scheme of a program */
            host: string;
            /** @description the app is a program on the machine of the person */
            is_local: boolean;
            /** @description after so many days the person is asked again */
            lasts_days: number;
            name: string;
            /** @description the host that vouches for the name; null when none does */
            publisher: string | null;
            scopes: ("tasks:read" | "tasks:write")[];
            uid: string;
        };
        ConsentDecided: {
            /** Format: uri */
            redirect_to: string;
        };
        ConsentDecision: {
            /** @description what the app may do; empty: nothing, the request is refused */
            scopes: ("tasks:read" | "tasks:write")[];
        };
        Conversation: {
            /**
             * Format: date-time
             * @description ISO 8601 instant in UTC, ends in Z
             */
            created_at: string;
            /** Format: uuid */
            id: string;
            /** @description an answer is being made */
            is_running: boolean;
            title: string;
            /**
             * Format: date-time
             * @description ISO 8601 instant in UTC, ends in Z
             */
            updated_at: string;
        };
        ConversationDetails: {
            /**
             * Format: date-time
             * @description ISO 8601 instant in UTC, ends in Z
             */
            created_at: string;
            /** Format: uuid */
            id: string;
            /** @description an answer is being made */
            is_running: boolean;
            messages: components["schemas"]["ChatMessage"][];
            title: string;
            /**
             * Format: date-time
             * @description ISO 8601 instant in UTC, ends in Z
             */
            updated_at: string;
        };
        ConversationPage: {
            data: components["schemas"]["Conversation"][];
            next_cursor: string | null;
        };
        CreatedApiToken: {
            /**
             * Format: date-time
             * @description ISO 8601 instant in UTC, ends in Z
             */
            created_at: string;
            expires_at: string | null;
            /** Format: uuid */
            id: string;
            /** @description to the minute */
            last_used_at: string | null;
            name: string;
            scopes: ("tasks:read" | "tasks:write" | "account:read" | "account:write" | "admin")[];
            token: string;
        };
        CreatedCalendarFeed: {
            /**
             * Format: date-time
             * @description ISO 8601 instant in UTC, ends in Z
             */
            created_at: string;
            url: string;
        };
        DeadLetter: {
            attempts: number;
            event_id: string;
            id: string;
            key: string;
            next_attempt_at: string | null;
            offset: string;
            partition: number;
            reason: string;
            received_at: string;
            service: string;
            /** @enum {string} */
            state: "deferred" | "parked";
            topic: string;
            type: string | null;
            user_id: string | null;
        };
        DeadLetterDetails: {
            attempts: number;
            /** @description as text; null when it is not UTF-8 */
            body: string | null;
            body_base64: string;
            event_id: string;
            headers: {
                [key: string]: string;
            };
            id: string;
            key: string;
            /** @description which type an unknown one is most like */
            nearest_type: string | null;
            next_attempt_at: string | null;
            offset: string;
            partition: number;
            /** @description where it differs from the current schema of its type; none: its handler failed */
            problems: {
                message: string;
                path: string;
            }[];
            reason: string;
            received_at: string;
            service: string;
            /** @enum {string} */
            state: "deferred" | "parked";
            topic: string;
            type: string | null;
            user_id: string | null;
        };
        DeadLetterPage: {
            data: components["schemas"]["DeadLetter"][];
            next_cursor: null;
            unreachable: string[];
        };
        DeadLetterProgress: {
            as_of: string;
            /** @description matching events for the next call, at most 100,000 are counted */
            left: number;
            /** @description events of this call, at most 1,000 */
            settled: number;
        };
        EventRecord: {
            causation_id: string | null;
            /** @description from where a person asked for it */
            client_address: string | null;
            correlation_id: string | null;
            data: unknown;
            erased: boolean;
            event_id: string;
            hash: string;
            /**
             * Format: date-time
             * @description ISO 8601 instant in UTC, ends in Z
             */
            recorded_at: string;
            sequence: number;
            source: string;
            subject: string;
            /**
             * Format: date-time
             * @description ISO 8601 instant in UTC, ends in Z
             */
            time: string;
            topic: string | null;
            traceparent: string | null;
            type: string;
            user_id: string | null;
        };
        EventRecordPage: {
            data: components["schemas"]["EventRecord"][];
            next_cursor: string | null;
        };
        EventSchema: {
            path: string;
            type: string;
            version: string;
        };
        EventSchemaList: {
            data: components["schemas"]["EventSchema"][];
        };
        Export: {
            api_tokens: {
                /**
                 * Format: date-time
                 * @description ISO 8601 instant in UTC, ends in Z
                 */
                created_at: string;
                expires_at: string | null;
                last_used_at: string | null;
                name: string;
                scopes: string[];
            }[];
            apps: {
                /**
                 * Format: date-time
                 * @description ISO 8601 instant in UTC, ends in Z
                 */
                connected_at: string;
                host: string;
                last_used_at: string | null;
                name: string;
                scopes: string[];
            }[];
            /**
             * Format: date-time
             * @description ISO 8601 instant in UTC, ends in Z
             */
            exported_at: string;
            /** @constant */
            format: "taskflow";
            linked_accounts: {
                /**
                 * Format: date-time
                 * @description ISO 8601 instant in UTC, ends in Z
                 */
                created_at: string;
                email: string | null;
                issuer: string;
                last_used_at: string | null;
                subject: string;
            }[];
            passkeys: {
                /**
                 * Format: date-time
                 * @description ISO 8601 instant in UTC, ends in Z
                 */
                created_at: string;
                last_used_at: string | null;
                name: string;
            }[];
            preferences: components["schemas"]["Preferences"];
            profile: {
                /**
                 * Format: date-time
                 * @description ISO 8601 instant in UTC, ends in Z
                 */
                created_at: string;
                email: string;
                email_confirmed: boolean;
                /** Format: uuid */
                id: string;
                locale: string;
                name: string;
                time_zone: string;
            };
            recurring_tasks: {
                category: string | null;
                /**
                 * Format: date-time
                 * @description ISO 8601 instant in UTC, ends in Z
                 */
                created_at: string;
                description: string;
                first_occurrence: number;
                /** Format: uuid */
                id: string;
                interval: number;
                /** @description false while paused */
                is_active: boolean;
                /** @description null while paused and when it has ended */
                next_occurrence: string | null;
                pattern: ("daily" | "weekly" | "monthly" | "yearly") | null;
                /** @enum {string} */
                priority: "low" | "medium" | "high";
                /** @enum {string} */
                recurrence_anchor: "due_date" | "completed_at";
                /** @enum {string} */
                recurrence_catch_up: "skip" | "all";
                /** @enum {string} */
                recurrence_mode: "on_completion" | "on_schedule";
                /** @description time that reminders of such a day are counted from */
                reminder_time: string;
                reminders: {
                    offset?: string;
                    /** @enum {string} */
                    type: "24_hours_before" | "1_hour_before" | "before" | "after";
                }[];
                rule: string;
                /** @description the rule as a sentence, like "every weekday at 09:00, Europe/Berlin" */
                schedule: string;
                /** @description local date-times on which no task is made */
                skipped: string[];
                /** @description local date-time in time_zone that the dates are counted from */
                start_date: string;
                /** @description the first day, when its tasks are due on days */
                start_on: string | null;
                tags: string[];
                time_zone: string;
                title: string;
                /**
                 * Format: date-time
                 * @description ISO 8601 instant in UTC, ends in Z
                 */
                updated_at: string;
                /** Format: uuid */
                user_id: string;
                version: number;
            }[];
            sessions: {
                /**
                 * Format: date-time
                 * @description ISO 8601 instant in UTC, ends in Z
                 */
                created_at: string;
                /**
                 * Format: date-time
                 * @description ISO 8601 instant in UTC, ends in Z
                 */
                expires_at: string;
                last_used_at: string | null;
                network: string | null;
                user_agent: string | null;
            }[];
            tasks: components["schemas"]["Task"][];
            /** @constant */
            version: 1;
            webhook: {
                url: string;
            } | null;
        };
        FieldError: {
            message: string;
            path: string;
        };
        FiredReminder: {
            at: string;
            fired_at: string;
            late_ms: number;
            reminder_id: string;
            task_id: string;
            user_id: string | null;
        };
        FoundTask: {
            category: string | null;
            completed_at: string | null;
            /**
             * Format: date-time
             * @description ISO 8601 instant in UTC, ends in Z
             */
            created_at: string;
            description: string;
            /** @description when it is due; null for a task that is due on a day */
            due_date: string | null;
            /** @description the day it is due on, without a time; null beside due_date */
            due_on: string | null;
            highlights: {
                description: components["schemas"]["Fragment"][];
                title: components["schemas"]["Fragment"][];
            };
            /** Format: uuid */
            id: string;
            is_completed: boolean;
            /** @description in the answer that makes it repeat: what to know, like a due date that is none of its rule */
            notes?: string[];
            /** @description number of this task within its series, from 1 */
            occurrence: number | null;
            /** @enum {string} */
            priority: "low" | "medium" | "high";
            /** @enum {string} */
            recurrence_anchor: "due_date" | "completed_at";
            /** @enum {string} */
            recurrence_catch_up: "skip" | "all";
            recurrence_interval: number;
            /** @enum {string} */
            recurrence_mode: "on_completion" | "on_schedule";
            recurrence_rule: string | null;
            /**
             * @description time in time_zone that reminders of due_on are counted from
             * @example 09:00
             */
            reminder_time: string;
            reminders: components["schemas"]["Reminder"][];
            series_id: string | null;
            tags: string[];
            time_zone: string;
            title: string;
            /**
             * Format: date-time
             * @description ISO 8601 instant in UTC, ends in Z
             */
            updated_at: string;
            /** Format: uuid */
            user_id: string;
            /** @description grows with every change; a projection applies only a greater one */
            version: number;
        };
        FoundTaskPage: {
            data: components["schemas"]["FoundTask"][];
            /** @description nothing matched: these look alike */
            is_fuzzy: boolean;
            next_cursor: string | null;
        };
        Fragment: {
            match: boolean;
            text: string;
        };
        ImportedItem: {
            errors?: {
                message: string;
                path: string;
            }[];
            /** Format: uuid */
            id?: string;
            /** @description what did not arrive as the file has it */
            notes?: components["schemas"]["ImportNote"][];
            /** @description where in the file: `line 3`, `tasks.0` */
            place: string;
            /** @enum {string} */
            status: "created" | "exists" | "refused";
            /** @description what was used, as the file calls it */
            used?: string[];
        };
        ImportNote: {
            /** @description as the file calls it */
            field: string;
            message: string;
            /** @description the same for all of its kind, like `alarm-unreadable` */
            reason: string;
            /** @enum {string} */
            what: "changed" | "left_out";
        };
        ImportResult: {
            created: number;
            data: components["schemas"]["ImportedItem"][];
            existing: number;
            /** @description how often each reason of a note occurs */
            notes: {
                [key: string]: number;
            };
            /** @description whether nothing was created, but would be */
            preview: boolean;
            refused: number;
        };
        Label: {
            name: string;
            open_tasks: number;
        };
        LabelPage: {
            data: components["schemas"]["Label"][];
            next_cursor: string | null;
        };
        Lag: {
            data: components["schemas"]["PartitionLag"][];
            measured_at: string;
        };
        LinkedAccount: {
            /**
             * Format: date-time
             * @description ISO 8601 instant in UTC, ends in Z
             */
            created_at: string;
            /** @description as the provider gave it when it was linked */
            email: string | null;
            /** Format: uuid */
            id: string;
            last_used_at: string | null;
            /** @description of the provider */
            name: string;
        };
        LinkedAccountList: {
            data: components["schemas"]["LinkedAccount"][];
        };
        ListedTask: {
            category: string | null;
            completed_at: string | null;
            /**
             * Format: date-time
             * @description ISO 8601 instant in UTC, ends in Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @description ISO 8601 instant in UTC, ends in Z
             */
            deleted_at?: string;
            description: string;
            /** @description when it is due; null for a task that is due on a day */
            due_date: string | null;
            /** @description the day it is due on, without a time; null beside due_date */
            due_on: string | null;
            /** Format: uuid */
            id: string;
            is_completed: boolean;
            /** @description in the answer that makes it repeat: what to know, like a due date that is none of its rule */
            notes?: string[];
            /** @description number of this task within its series, from 1 */
            occurrence: number | null;
            /** @enum {string} */
            priority: "low" | "medium" | "high";
            /** @enum {string} */
            recurrence_anchor: "due_date" | "completed_at";
            /** @enum {string} */
            recurrence_catch_up: "skip" | "all";
            recurrence_interval: number;
            /** @enum {string} */
            recurrence_mode: "on_completion" | "on_schedule";
            recurrence_rule: string | null;
            /**
             * @description time in time_zone that reminders of due_on are counted from
             * @example 09:00
             */
            reminder_time: string;
            reminders: components["schemas"]["Reminder"][];
            series_id: string | null;
            tags: string[];
            time_zone: string;
            title: string;
            /**
             * Format: date-time
             * @description ISO 8601 instant in UTC, ends in Z
             */
            updated_at: string;
            /** Format: uuid */
            user_id: string;
            /** @description grows with every change; a projection applies only a greater one */
            version: number;
        };
        LogLevel: {
            /** @enum {string} */
            level: "error" | "warn" | "info" | "debug";
            /** @default 15 */
            minutes: number;
            /** @enum {string} */
            service: "all" | "chat-api" | "recurring-processor" | "reminder-service" | "notification-service" | "audit-logger";
            until: string;
        };
        Mail: {
            date: string;
            from: string | null;
            html: string;
            id: string;
            subject: string;
            text: string;
            to: string[];
        };
        Me: {
            /**
             * Format: date-time
             * @description ISO 8601 instant in UTC, ends in Z
             */
            created_at: string;
            email: string;
            /** @description false: reminders by e-mail are held until you confirm it */
            email_confirmed: boolean;
            /** @description true: the address was unsubscribed; to have reminders again, confirm it by resend-confirmation */
            email_suppressed: boolean;
            /** @description false: they sign in with another account, or a passkey */
            has_password: boolean;
            /** Format: uuid */
            id: string;
            locale: string;
            name: string;
            /** @enum {string} */
            role: "user" | "admin";
            time_zone: string;
        };
        Mesh: {
            components: components["schemas"]["MeshComponent"][];
            measured_at: string;
            services: {
                [key: string]: components["schemas"]["ServiceState"] | components["schemas"]["UnreachableService"];
            };
            topics: components["schemas"]["MeshTopic"][];
            unreachable: string[];
        };
        MeshComponent: {
            name: string;
            /** @description whose sidecar has loaded it, which is what its scopes allow */
            services: string[];
            type: string;
            version: string;
        };
        MeshTopic: {
            key: string;
            name: string;
            partitions: number;
            /** @description who has published on it since its start */
            publishers: string[];
            retention_days: number;
            /** @description whose sidecar has subscribed to it */
            subscribers: string[];
            types: string[];
        };
        MessageFacts: {
            /**
             * @description of an answer
             * @enum {string}
             */
            answered_by?: "model" | "interpreter";
            conversation_id: string;
            created_at: string;
        } & {
            [key: string]: unknown;
        };
        NewRecurringTask: {
            /** @default null */
            category?: string | null;
            /** @default  */
            description?: string;
            /** @default 1 */
            interval?: number;
            /** @default true */
            is_active?: boolean;
            /** @enum {string} */
            pattern?: "daily" | "weekly" | "monthly" | "yearly";
            /**
             * @default medium
             * @enum {string}
             */
            priority?: "low" | "medium" | "high";
            /**
             * @default due_date
             * @enum {string}
             */
            recurrence_anchor?: "due_date" | "completed_at";
            /**
             * @default skip
             * @enum {string}
             */
            recurrence_catch_up?: "skip" | "all";
            /**
             * @default on_schedule
             * @enum {string}
             */
            recurrence_mode?: "on_completion" | "on_schedule";
            /** @example 09:00 */
            reminder_time?: string;
            reminders?: {
                at?: string;
                offset?: string;
                /** @enum {string} */
                type: "24_hours_before" | "1_hour_before" | "before" | "after" | "at";
            }[];
            rule?: string;
            start_date?: string;
            /** Format: date */
            start_on?: string;
            tags?: string[];
            time_zone?: string;
            title: string;
        };
        NewTask: {
            /** @default null */
            category?: string | null;
            /** @default  */
            description?: string;
            due_date?: string | null;
            /** @default null */
            due_on?: string | null;
            /**
             * @default medium
             * @enum {string}
             */
            priority?: "low" | "medium" | "high";
            /**
             * @default due_date
             * @enum {string}
             */
            recurrence_anchor?: "due_date" | "completed_at";
            /**
             * @default skip
             * @enum {string}
             */
            recurrence_catch_up?: "skip" | "all";
            /** @default 1 */
            recurrence_interval?: number;
            /**
             * @default on_completion
             * @enum {string}
             */
            recurrence_mode?: "on_completion" | "on_schedule";
            /** @default null */
            recurrence_rule?: string | null;
            /** @example 09:00 */
            reminder_time?: string;
            reminders?: {
                at?: string;
                offset?: string;
                /** @enum {string} */
                type: "24_hours_before" | "1_hour_before" | "before" | "after" | "at";
            }[];
            tags?: string[];
            time_zone?: string;
            title: string;
        };
        Notification: {
            attempts: number;
            /** @enum {string} */
            channel: "email" | "webhook";
            /**
             * Format: date-time
             * @description ISO 8601 instant in UTC, ends in Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @description ISO 8601 instant in UTC, ends in Z
             */
            fired_for: string;
            message_id: string;
            next_attempt_at: string | null;
            reason: string | null;
            /** Format: uuid */
            reminder_id: string;
            sent_at: string | null;
            /** @enum {string} */
            state: "pending" | "held" | "sent" | "failed" | "suppressed";
            /** Format: uuid */
            task_id: string;
            title: string;
        };
        NotificationPage: {
            data: components["schemas"]["Notification"][];
            next_cursor: string | null;
        };
        NotUnderstood: {
            end: number;
            start: number;
            text: string;
        };
        Occurrence: {
            local: string;
            /**
             * Format: date-time
             * @description ISO 8601 instant in UTC, ends in Z
             */
            utc: string;
        };
        OpenidProvider: {
            id: string;
            name: string;
        };
        OpenidProviderList: {
            data: components["schemas"]["OpenidProvider"][];
        };
        Outbox: {
            measured_at: string;
            services: {
                [key: string]: components["schemas"]["ServiceDelivery"];
            };
            unreachable: string[];
        };
        PartitionLag: {
            /** @description offset up to which the group has acknowledged */
            committed: number | null;
            /** @description offset that the next message will get */
            end: number;
            group: string;
            lag: number;
            partition: number;
            topic: string;
        };
        Passkey: {
            /**
             * Format: date-time
             * @description ISO 8601 instant in UTC, ends in Z
             */
            created_at: string;
            id: string;
            last_used_at: string | null;
            name: string;
        };
        PasskeyList: {
            data: components["schemas"]["Passkey"][];
        };
        /** @description for navigator.credentials, as JSON (WebAuthn level 3) */
        PasskeyOptions: {
            challenge: string;
        } & {
            [key: string]: unknown;
        };
        PausedSubscription: {
            paused_at: string;
            /** @enum {string} */
            paused_by: "operator" | "service";
            reason: string;
            topic: string;
        };
        PausedSubscriptions: {
            paused: components["schemas"]["PausedSubscription"][];
        };
        Preferences: {
            channels: {
                email: boolean;
                webhook: boolean;
            };
            /** @description one mail a day at this local time instead of one a reminder */
            daily_digest: string | null;
            /** @description ISO 8601 duration: how long before its due date a task reminds that says nothing of reminders */
            default_lead_time: string | null;
            /** @description local times between which nothing is sent; what is due then waits until they end */
            quiet_hours: {
                /** @example 09:00 */
                end: string;
                /** @example 09:00 */
                start: string;
            } | null;
            /**
             * @description local time that reminders of a task due on a day, without a time, are counted from
             * @example 09:00
             */
            reminder_time: string;
        };
        PreferencesPatch: {
            channels?: {
                email?: boolean;
                webhook?: boolean;
            };
            /** @description one mail a day at this local time instead of one a reminder */
            daily_digest?: string | null;
            default_lead_time?: string | null;
            /** @description local times between which nothing is sent; what is due then waits until they end */
            quiet_hours?: {
                /** @example 09:00 */
                end: string;
                /** @example 09:00 */
                start: string;
            } | null;
            /**
             * @description local time that reminders of a task due on a day, without a time, are counted from
             * @example 09:00
             */
            reminder_time?: string;
        };
        Problem: {
            /** @description what is wrong and how to fix it, for people */
            detail: string;
            errors: components["schemas"]["FieldError"][];
            status: number;
            title: string;
            /** @description urn:taskflow:problem:<name>; the names do not change */
            type: string;
        };
        ProtectedResource: {
            authorization_servers?: string[];
            bearer_methods_supported: string[];
            /** Format: uri */
            resource: string;
            /** Format: uri */
            resource_documentation: string;
            resource_name: string;
            scopes_supported: string[];
        };
        PublishedTestEvent: {
            id: string;
            topic: string;
            type: string;
        };
        QuickAddReading: {
            /** @description parts that look like a date, rule or reminder, and stay in the title */
            not_understood: components["schemas"]["NotUnderstood"][];
            task: components["schemas"]["QuickTask"];
            understood: components["schemas"]["Understood"][];
        };
        QuickAddResult: {
            /** @description parts that look like a date, rule or reminder, and stay in the title */
            not_understood: components["schemas"]["NotUnderstood"][];
            /** @description in the answer that makes it repeat: what to know, like a due date that is none of its rule */
            notes?: string[];
            task: components["schemas"]["Task"];
            understood: components["schemas"]["Understood"][];
        };
        /** @description fields of a new task: those that the text speaks of */
        QuickTask: {
            category?: string;
            due_date?: string;
            due_on?: string;
            /** @enum {string} */
            priority?: "low" | "medium" | "high";
            /** @constant */
            recurrence_anchor?: "completed_at";
            recurrence_interval?: number;
            recurrence_rule?: string;
            reminders?: {
                at?: string;
                offset?: string;
                /** @enum {string} */
                type: "before" | "after" | "at";
            }[];
            tags?: string[];
            time_zone: string;
            title: string;
        };
        Quota: {
            /** @description null: no limit */
            allowed: number | null;
            used: number;
        };
        RecoveryCodes: {
            /** @description shown once; each works once */
            recovery_codes: string[];
        };
        RecurrencePreview: {
            description: string;
            /** @description in the answer that makes it repeat: what to know, like a due date that is none of its rule */
            notes?: string[];
            occurrences: {
                local: string;
                utc: string;
            }[];
        };
        RecurringTask: {
            category: string | null;
            /**
             * Format: date-time
             * @description ISO 8601 instant in UTC, ends in Z
             */
            created_at: string;
            description: string;
            /** Format: uuid */
            id: string;
            interval: number;
            /** @description false while paused */
            is_active: boolean;
            /** @description null while paused and when it has ended */
            next_occurrence: string | null;
            pattern: ("daily" | "weekly" | "monthly" | "yearly") | null;
            /** @enum {string} */
            priority: "low" | "medium" | "high";
            /** @enum {string} */
            recurrence_anchor: "due_date" | "completed_at";
            /** @enum {string} */
            recurrence_catch_up: "skip" | "all";
            /** @enum {string} */
            recurrence_mode: "on_completion" | "on_schedule";
            /** @description time that reminders of such a day are counted from */
            reminder_time: string;
            reminders: {
                offset?: string;
                /** @enum {string} */
                type: "24_hours_before" | "1_hour_before" | "before" | "after";
            }[];
            rule: string;
            /** @description the rule as a sentence, like "every weekday at 09:00, Europe/Berlin" */
            schedule: string;
            /** @description local date-times on which no task is made */
            skipped: string[];
            /** @description local date-time in time_zone that the dates are counted from */
            start_date: string;
            /** @description the first day, when its tasks are due on days */
            start_on: string | null;
            tags: string[];
            time_zone: string;
            title: string;
            /**
             * Format: date-time
             * @description ISO 8601 instant in UTC, ends in Z
             */
            updated_at: string;
            /** Format: uuid */
            user_id: string;
            version: number;
        };
        RecurringTaskDetails: {
            category: string | null;
            /**
             * Format: date-time
             * @description ISO 8601 instant in UTC, ends in Z
             */
            created_at: string;
            description: string;
            /** Format: uuid */
            id: string;
            interval: number;
            /** @description false while paused */
            is_active: boolean;
            /** @description null while paused and when it has ended */
            next_occurrence: string | null;
            /** @description in the answer that makes it repeat: what to know, like a due date that is none of its rule */
            notes?: string[];
            pattern: ("daily" | "weekly" | "monthly" | "yearly") | null;
            /** @enum {string} */
            priority: "low" | "medium" | "high";
            /** @enum {string} */
            recurrence_anchor: "due_date" | "completed_at";
            /** @enum {string} */
            recurrence_catch_up: "skip" | "all";
            /** @enum {string} */
            recurrence_mode: "on_completion" | "on_schedule";
            /** @description time that reminders of such a day are counted from */
            reminder_time: string;
            reminders: {
                offset?: string;
                /** @enum {string} */
                type: "24_hours_before" | "1_hour_before" | "before" | "after";
            }[];
            rule: string;
            /** @description the rule as a sentence, like "every weekday at 09:00, Europe/Berlin" */
            schedule: string;
            /** @description local date-times on which no task is made */
            skipped: string[];
            /** @description local date-time in time_zone that the dates are counted from */
            start_date: string;
            /** @description the first day, when its tasks are due on days */
            start_on: string | null;
            tags: string[];
            time_zone: string;
            title: string;
            upcoming: components["schemas"]["Occurrence"][];
            /**
             * Format: date-time
             * @description ISO 8601 instant in UTC, ends in Z
             */
            updated_at: string;
            /** Format: uuid */
            user_id: string;
            version: number;
        };
        RecurringTaskPage: {
            data: components["schemas"]["RecurringTask"][];
            next_cursor: string | null;
        };
        RecurringTaskPatch: {
            category?: string | null;
            description?: string;
            interval?: number;
            /** @enum {string} */
            pattern?: "daily" | "weekly" | "monthly" | "yearly";
            /** @enum {string} */
            priority?: "low" | "medium" | "high";
            /** @enum {string} */
            recurrence_anchor?: "due_date" | "completed_at";
            /** @enum {string} */
            recurrence_catch_up?: "skip" | "all";
            /** @enum {string} */
            recurrence_mode?: "on_completion" | "on_schedule";
            /** @example 09:00 */
            reminder_time?: string;
            reminders?: {
                at?: string;
                offset?: string;
                /** @enum {string} */
                type: "24_hours_before" | "1_hour_before" | "before" | "after" | "at";
            }[];
            rule?: string;
            start_date?: string;
            /** Format: date */
            start_on?: string;
            tags?: string[];
            time_zone?: string;
            title?: string;
        };
        RefreshToken: {
            /** @description needed unless a browser keeps it in a cookie */
            refresh_token?: string;
        };
        RegisteredWebhook: {
            /**
             * Format: date-time
             * @description ISO 8601 instant in UTC, ends in Z
             */
            created_at: string;
            /** @description why nothing is posted, and what to do */
            problem: string | null;
            secret: string;
            /** @enum {string} */
            state: "unverified" | "verified" | "not_allowed";
            url: string;
            /** @description when it repeated a challenge; until then nothing is posted */
            verified_at: string | null;
        };
        Reminder: {
            /** @description when it fires; null while the task has neither due_date nor due_on */
            at: string | null;
            /** Format: uuid */
            id: string;
            /** @description ISO 8601 duration before or after due_date, or reminder_time on due_on; null for type "at" */
            offset: string | null;
            /** @enum {string} */
            state: "pending" | "due" | "sent" | "failed" | "dismissed" | "cancelled";
            /** @enum {string} */
            type: "24_hours_before" | "1_hour_before" | "before" | "after" | "at";
        };
        RenamedLabel: {
            changed_tasks: number;
            name: string;
        };
        Schedule: {
            last_fired: components["schemas"]["FiredReminder"][];
            reminders: components["schemas"]["ScheduledReminder"][];
            series: components["schemas"]["ScheduledSeries"][];
            unreachable: string[];
        };
        ScheduledReminder: {
            at: string;
            reminder_id: string;
            /** @enum {string} */
            state: "waiting" | "due";
            task_id: string;
            type: string;
            user_id: string;
        };
        ScheduledSeries: {
            /** @description when it is made: at due_date, or in time for its first reminder */
            at: string;
            due_date: string | null;
            interval: number;
            /** @description number of the task that is made next */
            occurrence: number;
            rule: string;
            series_id: string;
            /** @enum {string} */
            state: "waiting" | "due";
            user_id: string;
        };
        SecondFactor: {
            is_on: boolean;
            recovery_codes_left: number;
        };
        ServerSentEvent: {
            data: string;
            event?: string;
            id?: string;
        };
        ServiceDelivery: {
            inbox: {
                deferred: number;
                /** @description seconds */
                oldest_age: number | null;
                parked: number;
                /** @description about how many events are remembered */
                size: number;
            };
            outbox: {
                /** @description seconds */
                oldest_age: number | null;
                published_last_minute: number;
                /** @description can never be published */
                rejected: number;
                waiting: number;
            };
            /** @description why rows wait */
            publishing_trouble: string | null;
        };
        ServiceState: {
            /** @description what is wrong with each part, or "ok" */
            checks: {
                [key: string]: string;
            };
            /** @description counts since the process started */
            flow: {
                published: {
                    count: number;
                    topic: string;
                }[];
                taken: {
                    count: number;
                    outcome: string;
                    topic: string;
                }[];
            };
            node: string;
            /** @description subscriptions whose events wait in Kafka */
            paused: components["schemas"]["PausedSubscription"][];
            /** @description whether this replica publishes the events of its outbox */
            publishes: boolean;
            /** @description which process answered: only counts of the same one make rates */
            replica: string;
            sidecar: {
                components: {
                    name: string;
                    type: string;
                    version: string;
                }[];
                id: string;
                runtimeVersion: string;
                subscriptions: {
                    pubsubname: string;
                    topic: string;
                }[];
            } | null;
            started_at: string;
            /** @enum {string} */
            status: "ok" | "degraded";
            /** @description types of each topic that it handles */
            takes: {
                [key: string]: string[];
            };
            uptime_seconds: number;
            version: string;
        };
        Session: {
            /**
             * Format: date-time
             * @description ISO 8601 instant in UTC, ends in Z
             */
            created_at: string;
            /** @description the session of this request */
            current: boolean;
            /**
             * Format: date-time
             * @description however often it is refreshed
             */
            ends_at: string;
            /**
             * Format: date-time
             * @description unless it is refreshed
             */
            expires_at: string;
            /** Format: uuid */
            id: string;
            /**
             * Format: date-time
             * @description to ten minutes
             */
            last_used_at: string;
            /** @description the network of the last refresh */
            network: string | null;
            /** @description what the program called itself at sign-in */
            user_agent: string | null;
        };
        SessionList: {
            data: components["schemas"]["Session"][];
        };
        SettledDeadLetters: {
            ids: string[];
        };
        SignedIn: {
            /** @description seconds that token holds */
            expires_in: number;
            /** @description left out when the request has X-Refresh-Token: cookie, which puts it into a cookie */
            refresh_token?: string;
            token: string;
            user: components["schemas"]["User"];
        };
        Snooze: {
            for?: string;
            until?: string;
        };
        Story: {
            causation: {
                complete: boolean;
                data: components["schemas"]["StoryCause"];
            } | null;
            cloud_event: {
                event: unknown;
                /** @description false when what is personal in it was erased */
                is_whole: boolean;
                /** @enum {string} */
                taken_from: "outbox" | "inbox" | "audit";
            } | null;
            consumers: components["schemas"]["StoryConsumer"][];
            event_id: string;
            publications: components["schemas"]["StoryPublication"][];
            request: {
                causation_id: string | null;
                correlation_id: string | null;
                /** @description what an admin asked for; of others it is not kept */
                operation: string | null;
                source: string | null;
                time: string | null;
                trace_id: string | null;
            };
            subject: string | null;
            type: string | null;
            unreachable: string[];
            user_id: string | null;
        };
        StoryCause: {
            caused: components["schemas"]["StoryCause"][];
            event_id: string;
            sequence: number;
            source: string;
            subject: string;
            time: string;
            type: string;
            user_id: string | null;
        };
        StoryConsumer: {
            attempts: number;
            /** @description from Kafka to the receipt; null when quicker than was noted */
            delivery_ms: number | null;
            handled_at: string | null;
            /** @description null when it was handled with the receipt, as one */
            handling_ms: number | null;
            reason: string | null;
            received_at: string | null;
            service: string;
            /** @enum {string} */
            state: "done" | "deferred" | "parked" | "discarded" | "not_taken";
            topic: string;
            /** @description from the outbox to the receipt */
            total_ms: number | null;
        } & {
            [key: string]: unknown;
        };
        StoryPublication: {
            created_at: string;
            offset: string | null;
            partition: number | null;
            published_at: string | null;
            publishing_ms: number | null;
            service: string;
            /** @enum {string} */
            state: "waiting" | "published" | "rejected";
            topic: string;
        } & {
            [key: string]: unknown;
        };
        Task: {
            category: string | null;
            completed_at: string | null;
            /**
             * Format: date-time
             * @description ISO 8601 instant in UTC, ends in Z
             */
            created_at: string;
            description: string;
            /** @description when it is due; null for a task that is due on a day */
            due_date: string | null;
            /** @description the day it is due on, without a time; null beside due_date */
            due_on: string | null;
            /** Format: uuid */
            id: string;
            is_completed: boolean;
            /** @description in the answer that makes it repeat: what to know, like a due date that is none of its rule */
            notes?: string[];
            /** @description number of this task within its series, from 1 */
            occurrence: number | null;
            /** @enum {string} */
            priority: "low" | "medium" | "high";
            /** @enum {string} */
            recurrence_anchor: "due_date" | "completed_at";
            /** @enum {string} */
            recurrence_catch_up: "skip" | "all";
            recurrence_interval: number;
            /** @enum {string} */
            recurrence_mode: "on_completion" | "on_schedule";
            recurrence_rule: string | null;
            /**
             * @description time in time_zone that reminders of due_on are counted from
             * @example 09:00
             */
            reminder_time: string;
            reminders: components["schemas"]["Reminder"][];
            series_id: string | null;
            tags: string[];
            time_zone: string;
            title: string;
            /**
             * Format: date-time
             * @description ISO 8601 instant in UTC, ends in Z
             */
            updated_at: string;
            /** Format: uuid */
            user_id: string;
            /** @description grows with every change; a projection applies only a greater one */
            version: number;
        };
        TaskPage: {
            data: components["schemas"]["ListedTask"][];
            next_cursor: string | null;
        };
        TaskPatch: {
            category?: string | null;
            description?: string;
            due_date?: string | null;
            due_on?: string | null;
            /** @enum {string} */
            priority?: "low" | "medium" | "high";
            /** @enum {string} */
            recurrence_anchor?: "due_date" | "completed_at";
            /** @enum {string} */
            recurrence_catch_up?: "skip" | "all";
            recurrence_interval?: number;
            /** @enum {string} */
            recurrence_mode?: "on_completion" | "on_schedule";
            recurrence_rule?: string | null;
            /** @example 09:00 */
            reminder_time?: string;
            reminders?: {
                at?: string;
                offset?: string;
                /** @enum {string} */
                type: "24_hours_before" | "1_hour_before" | "before" | "after" | "at";
            }[];
            tags?: string[];
            time_zone?: string;
            title?: string;
        };
        Understood: {
            end: number;
            /** @enum {string} */
            means: "due_date" | "due_on" | "recurrence" | "priority" | "tag" | "category" | "reminder";
            sentence: string;
            /** @description place in the text, in UTF-16 code units */
            start: number;
            text: string;
            value: unknown;
        };
        UndoneAction: {
            can_undo: boolean;
            /** Format: uuid */
            conversation_id: string;
            /**
             * Format: date-time
             * @description ISO 8601 instant in UTC, ends in Z
             */
            created_at: string;
            decided_at: string | null;
            /** @description until when it can be confirmed; null when it needed no confirmation */
            expires_at: string | null;
            /** Format: uuid */
            id: string;
            input: {
                [key: string]: unknown;
            };
            /** @enum {string} */
            state: "pending" | "done" | "cancelled" | "undone" | "expired";
            /** @description what it does, in words */
            summary: string;
            tool: string;
            undone: {
                calls: {
                    output: {
                        [key: string]: unknown;
                    };
                    tool: string;
                }[];
                /** @description tasks that were changed since, and stay as they are */
                left: {
                    /** Format: uuid */
                    id: string;
                    reason: string;
                }[];
            };
        };
        UnreachableService: {
            reason: string;
            /** @constant */
            status: "unreachable";
        };
        Usage: {
            /** @description of text, in tasks deleted in the last 30 days too */
            bytes: components["schemas"]["Quota"];
            open_tasks: components["schemas"]["Quota"];
            recurring_tasks: components["schemas"]["Quota"];
        };
        User: {
            /**
             * Format: date-time
             * @description ISO 8601 instant in UTC, ends in Z
             */
            created_at: string;
            email: string;
            /** Format: uuid */
            id: string;
            locale: string;
            name: string;
            /** @enum {string} */
            role: "user" | "admin";
            time_zone: string;
        };
        UserPage: {
            data: components["schemas"]["Account"][];
            next_cursor: string | null;
        };
        UserPatch: {
            locale?: string;
            name?: string;
            time_zone?: string;
        };
        Webhook: {
            /**
             * Format: date-time
             * @description ISO 8601 instant in UTC, ends in Z
             */
            created_at: string;
            /** @description why nothing is posted, and what to do */
            problem: string | null;
            /** @enum {string} */
            state: "unverified" | "verified" | "not_allowed";
            url: string;
            /** @description when it repeated a challenge; until then nothing is posted */
            verified_at: string | null;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type Account = components['schemas']['Account'];
export type AddedLink = components['schemas']['AddedLink'];
export type AddedPasskey = components['schemas']['AddedPasskey'];
export type ApiToken = components['schemas']['ApiToken'];
export type ApiTokenPage = components['schemas']['ApiTokenPage'];
export type AuditChain = components['schemas']['AuditChain'];
export type AuditRecord = components['schemas']['AuditRecord'];
export type AuditRecordPage = components['schemas']['AuditRecordPage'];
export type BegunAtProvider = components['schemas']['BegunAtProvider'];
export type BegunSecondFactor = components['schemas']['BegunSecondFactor'];
export type BulkOperation = components['schemas']['BulkOperation'];
export type BulkResult = components['schemas']['BulkResult'];
export type BulkResults = components['schemas']['BulkResults'];
export type CalendarFeed = components['schemas']['CalendarFeed'];
export type CaughtMail = components['schemas']['CaughtMail'];
export type CaughtMailPage = components['schemas']['CaughtMailPage'];
export type Causation = components['schemas']['Causation'];
export type Cause = components['schemas']['Cause'];
export type ChatAction = components['schemas']['ChatAction'];
export type ChatActionPage = components['schemas']['ChatActionPage'];
export type ChatMessage = components['schemas']['ChatMessage'];
export type ConfirmedAction = components['schemas']['ConfirmedAction'];
export type ConfirmedEmail = components['schemas']['ConfirmedEmail'];
export type ConnectedApp = components['schemas']['ConnectedApp'];
export type ConnectedAppPage = components['schemas']['ConnectedAppPage'];
export type Consent = components['schemas']['Consent'];
export type ConsentDecided = components['schemas']['ConsentDecided'];
export type ConsentDecision = components['schemas']['ConsentDecision'];
export type Conversation = components['schemas']['Conversation'];
export type ConversationDetails = components['schemas']['ConversationDetails'];
export type ConversationPage = components['schemas']['ConversationPage'];
export type CreatedApiToken = components['schemas']['CreatedApiToken'];
export type CreatedCalendarFeed = components['schemas']['CreatedCalendarFeed'];
export type DeadLetter = components['schemas']['DeadLetter'];
export type DeadLetterDetails = components['schemas']['DeadLetterDetails'];
export type DeadLetterPage = components['schemas']['DeadLetterPage'];
export type DeadLetterProgress = components['schemas']['DeadLetterProgress'];
export type EventRecord = components['schemas']['EventRecord'];
export type EventRecordPage = components['schemas']['EventRecordPage'];
export type EventSchema = components['schemas']['EventSchema'];
export type EventSchemaList = components['schemas']['EventSchemaList'];
export type Export = components['schemas']['Export'];
export type FieldError = components['schemas']['FieldError'];
export type FiredReminder = components['schemas']['FiredReminder'];
export type FoundTask = components['schemas']['FoundTask'];
export type FoundTaskPage = components['schemas']['FoundTaskPage'];
export type Fragment = components['schemas']['Fragment'];
export type ImportedItem = components['schemas']['ImportedItem'];
export type ImportNote = components['schemas']['ImportNote'];
export type ImportResult = components['schemas']['ImportResult'];
export type Label = components['schemas']['Label'];
export type LabelPage = components['schemas']['LabelPage'];
export type Lag = components['schemas']['Lag'];
export type LinkedAccount = components['schemas']['LinkedAccount'];
export type LinkedAccountList = components['schemas']['LinkedAccountList'];
export type ListedTask = components['schemas']['ListedTask'];
export type LogLevel = components['schemas']['LogLevel'];
export type Mail = components['schemas']['Mail'];
export type Me = components['schemas']['Me'];
export type Mesh = components['schemas']['Mesh'];
export type MeshComponent = components['schemas']['MeshComponent'];
export type MeshTopic = components['schemas']['MeshTopic'];
export type MessageFacts = components['schemas']['MessageFacts'];
export type NewRecurringTask = components['schemas']['NewRecurringTask'];
export type NewTask = components['schemas']['NewTask'];
export type Notification = components['schemas']['Notification'];
export type NotificationPage = components['schemas']['NotificationPage'];
export type NotUnderstood = components['schemas']['NotUnderstood'];
export type Occurrence = components['schemas']['Occurrence'];
export type OpenidProvider = components['schemas']['OpenidProvider'];
export type OpenidProviderList = components['schemas']['OpenidProviderList'];
export type Outbox = components['schemas']['Outbox'];
export type PartitionLag = components['schemas']['PartitionLag'];
export type Passkey = components['schemas']['Passkey'];
export type PasskeyList = components['schemas']['PasskeyList'];
export type PasskeyOptions = components['schemas']['PasskeyOptions'];
export type PausedSubscription = components['schemas']['PausedSubscription'];
export type PausedSubscriptions = components['schemas']['PausedSubscriptions'];
export type Preferences = components['schemas']['Preferences'];
export type PreferencesPatch = components['schemas']['PreferencesPatch'];
export type Problem = components['schemas']['Problem'];
export type ProtectedResource = components['schemas']['ProtectedResource'];
export type PublishedTestEvent = components['schemas']['PublishedTestEvent'];
export type QuickAddReading = components['schemas']['QuickAddReading'];
export type QuickAddResult = components['schemas']['QuickAddResult'];
export type QuickTask = components['schemas']['QuickTask'];
export type Quota = components['schemas']['Quota'];
export type RecoveryCodes = components['schemas']['RecoveryCodes'];
export type RecurrencePreview = components['schemas']['RecurrencePreview'];
export type RecurringTask = components['schemas']['RecurringTask'];
export type RecurringTaskDetails = components['schemas']['RecurringTaskDetails'];
export type RecurringTaskPage = components['schemas']['RecurringTaskPage'];
export type RecurringTaskPatch = components['schemas']['RecurringTaskPatch'];
export type RefreshToken = components['schemas']['RefreshToken'];
export type RegisteredWebhook = components['schemas']['RegisteredWebhook'];
export type Reminder = components['schemas']['Reminder'];
export type RenamedLabel = components['schemas']['RenamedLabel'];
export type Schedule = components['schemas']['Schedule'];
export type ScheduledReminder = components['schemas']['ScheduledReminder'];
export type ScheduledSeries = components['schemas']['ScheduledSeries'];
export type SecondFactor = components['schemas']['SecondFactor'];
export type ServerSentEvent = components['schemas']['ServerSentEvent'];
export type ServiceDelivery = components['schemas']['ServiceDelivery'];
export type ServiceState = components['schemas']['ServiceState'];
export type Session = components['schemas']['Session'];
export type SessionList = components['schemas']['SessionList'];
export type SettledDeadLetters = components['schemas']['SettledDeadLetters'];
export type SignedIn = components['schemas']['SignedIn'];
export type Snooze = components['schemas']['Snooze'];
export type Story = components['schemas']['Story'];
export type StoryCause = components['schemas']['StoryCause'];
export type StoryConsumer = components['schemas']['StoryConsumer'];
export type StoryPublication = components['schemas']['StoryPublication'];
export type Task = components['schemas']['Task'];
export type TaskPage = components['schemas']['TaskPage'];
export type TaskPatch = components['schemas']['TaskPatch'];
export type Understood = components['schemas']['Understood'];
export type UndoneAction = components['schemas']['UndoneAction'];
export type UnreachableService = components['schemas']['UnreachableService'];
export type Usage = components['schemas']['Usage'];
export type User = components['schemas']['User'];
export type UserPage = components['schemas']['UserPage'];
export type UserPatch = components['schemas']['UserPatch'];
export type Webhook = components['schemas']['Webhook'];
export type $defs = Record<string, never>;
export interface operations {
    getAdminAuditChain: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditChain"];
                };
            };
        };
    };
    getAdminDeadLetters: {
        parameters: {
            query?: {
                limit?: number | undefined;
                service?: ("chat-api" | "recurring-processor" | "reminder-service" | "notification-service" | "audit-logger") | undefined;
                state?: ("deferred" | "parked") | undefined;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeadLetterPage"];
                };
            };
        };
    };
    getAdminDeadLettersId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeadLetterDetails"];
                };
            };
        };
    };
    postAdminDeadLettersIdDiscard: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    note: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SettledDeadLetters"];
                };
            };
        };
    };
    postAdminDeadLettersIdRedrive: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SettledDeadLetters"];
                };
            };
        };
    };
    postAdminDeadLettersDiscardMatching: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * Format: date-time
                     * @description of the first answer: an event that comes back is not taken again
                     */
                    as_of?: string;
                    note: string;
                    /** @description a part of the reason, in any case */
                    reason?: string;
                    /** Format: date-time */
                    received_from?: string;
                    /** Format: date-time */
                    received_until?: string;
                    /** @enum {string} */
                    service: "chat-api" | "recurring-processor" | "reminder-service" | "notification-service" | "audit-logger";
                    /** @enum {string} */
                    topic?: "task-events" | "task-recurrence" | "task-reminders" | "user-events" | "task-snapshots" | "dead-letters";
                    type?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeadLetterProgress"];
                };
            };
        };
    };
    postAdminDeadLettersRedrive: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    ids: string[];
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SettledDeadLetters"];
                };
            };
        };
    };
    postAdminDeadLettersRedriveMatching: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * Format: date-time
                     * @description of the first answer: an event that comes back is not taken again
                     */
                    as_of?: string;
                    /** @description a part of the reason, in any case */
                    reason?: string;
                    /** Format: date-time */
                    received_from?: string;
                    /** Format: date-time */
                    received_until?: string;
                    /** @enum {string} */
                    service: "chat-api" | "recurring-processor" | "reminder-service" | "notification-service" | "audit-logger";
                    /** @enum {string} */
                    topic?: "task-events" | "task-recurrence" | "task-reminders" | "user-events" | "task-snapshots" | "dead-letters";
                    type?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeadLetterProgress"];
                };
            };
        };
    };
    getAdminEvents: {
        parameters: {
            query?: {
                correlation_id?: string | undefined;
                cursor?: string | undefined;
                limit?: number | undefined;
                /** @description id of a task */
                subject?: string | undefined;
                topic?: ("task-events" | "task-recurrence" | "task-reminders" | "user-events" | "task-snapshots" | "dead-letters") | undefined;
                type?: string | undefined;
                user_id?: string | undefined;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventRecordPage"];
                };
            };
        };
    };
    getAdminEventsIdStory: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Story"];
                };
            };
        };
    };
    getAdminEventsStream: {
        parameters: {
            query?: {
                correlation_id?: string | undefined;
                /** @description id of a task */
                subject?: string | undefined;
                topic?: ("task-events" | "task-recurrence" | "task-reminders" | "user-events" | "task-snapshots" | "dead-letters") | undefined;
                type?: string | undefined;
                user_id?: string | undefined;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": components["schemas"]["ServerSentEvent"];
                };
            };
        };
    };
    postAdminEventsTest: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description of a valid one: fields of the task or recurring task that it is about; ids are not taken over
                     * @default {}
                     */
                    data?: {
                        [key: string]: unknown;
                    };
                    /**
                     * @default valid
                     * @enum {string}
                     */
                    kind?: "valid" | "unreadable";
                    /** @enum {string} */
                    topic: "task-events" | "task-recurrence" | "user-events" | "dead-letters";
                    type?: string;
                };
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PublishedTestEvent"];
                };
            };
        };
    };
    getAdminLag: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Lag"];
                };
            };
        };
    };
    putAdminLogLevel: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "service": "reminder-service",
                 *       "level": "debug",
                 *       "minutes": 15
                 *     }
                 */
                "application/json": {
                    /** @enum {string} */
                    level: "error" | "warn" | "info" | "debug";
                    /** @default 15 */
                    minutes?: number;
                    /** @enum {string} */
                    service: "all" | "chat-api" | "recurring-processor" | "reminder-service" | "notification-service" | "audit-logger";
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LogLevel"];
                };
            };
        };
    };
    getAdminMailbox: {
        parameters: {
            query?: {
                cursor?: number | undefined;
                limit?: number | undefined;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaughtMailPage"];
                };
            };
        };
    };
    getAdminMailboxId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Mail"];
                };
            };
        };
    };
    getAdminMesh: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Mesh"];
                };
            };
        };
    };
    getAdminOutbox: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Outbox"];
                };
            };
        };
    };
    getAdminSchedules: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Schedule"];
                };
            };
        };
    };
    postAdminSubscriptionsPause: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    note: string;
                    /** @enum {string} */
                    service: "chat-api" | "recurring-processor" | "reminder-service" | "notification-service" | "audit-logger";
                    /** @enum {string} */
                    topic: "task-events" | "task-recurrence" | "task-reminders" | "user-events" | "task-snapshots" | "dead-letters";
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PausedSubscriptions"];
                };
            };
        };
    };
    postAdminSubscriptionsResume: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @default 10 */
                    minutes?: number;
                    /** @enum {string} */
                    service: "chat-api" | "recurring-processor" | "reminder-service" | "notification-service" | "audit-logger";
                    /** @enum {string} */
                    topic: "task-events" | "task-recurrence" | "task-reminders" | "user-events" | "task-snapshots" | "dead-letters";
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PausedSubscriptions"];
                };
            };
        };
    };
    getAdminUsers: {
        parameters: {
            query?: {
                cursor?: string | undefined;
                email?: string | undefined;
                limit?: number | undefined;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserPage"];
                };
            };
        };
    };
    postAdminUsersIdResume: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done, nothing to show */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    deleteAdminUsersIdSessions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done, nothing to show */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    postAdminUsersIdSuspend: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done, nothing to show */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getAudit: {
        parameters: {
            query?: {
                /** @description account: sign-ins and changes of the account; tasks: all that happens to tasks */
                about?: ("account" | "tasks") | undefined;
                correlation_id?: string | undefined;
                cursor?: string | undefined;
                from?: string | undefined;
                limit?: number | undefined;
                task_id?: string | undefined;
                to?: string | undefined;
                type?: string | undefined;
                user_id?: (string | "all") | undefined;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditRecordPage"];
                };
            };
        };
    };
    getAuditEventIdCausation: {
        parameters: {
            query?: {
                user_id?: (string | "all") | undefined;
            };
            header?: never;
            path: {
                event_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Causation"];
                };
            };
        };
    };
    getAuditExport: {
        parameters: {
            query?: {
                /** @description account: sign-ins and changes of the account; tasks: all that happens to tasks */
                about?: ("account" | "tasks") | undefined;
                correlation_id?: string | undefined;
                cursor?: string | undefined;
                from?: string | undefined;
                limit?: number | undefined;
                sealed?: string | undefined;
                task_id?: string | undefined;
                to?: string | undefined;
                type?: string | undefined;
                user_id?: (string | "all") | undefined;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": string;
                };
            };
        };
    };
    getAuthApps: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectedAppPage"];
                };
            };
        };
    };
    deleteAuthAppsId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done, nothing to show */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    postAuthChangeEmail: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    email: string;
                    /** @description needed if you have one; without, you must have signed in within 15 minutes */
                    password?: string;
                };
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    postAuthChangePassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description what else to take back: it does not depend on the password
                     * @default []
                     */
                    also_revoke?: ("api_tokens" | "apps" | "calendar_feed" | "linked_accounts")[];
                    current_password: string;
                    new_password: string;
                };
            };
        };
        responses: {
            /** @description Done, nothing to show */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    postAuthConfirmEmail: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    token: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConfirmedEmail"];
                };
            };
        };
    };
    postAuthForgotPassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    email: string;
                };
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    postAuthLogin: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description of the authenticator app, or a recovery code */
                    code?: string;
                    email: string;
                    password: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignedIn"];
                };
            };
        };
    };
    postAuthLogout: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RefreshToken"];
            };
        };
        responses: {
            /** @description Done, nothing to show */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getAuthMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
        };
    };
    deleteAuthMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** @description needed if you have one; without, you must have signed in within 15 minutes */
                    password?: string;
                };
            };
        };
        responses: {
            /** @description Done, nothing to show */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    patchAuthMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["UserPatch"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
        };
    };
    getAuthOpenidLinks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LinkedAccountList"];
                };
            };
        };
    };
    postAuthOpenidLinks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description of GET /api/v1/auth/openid/providers */
                    provider: string;
                    /** @description the query with which the provider sent the browser back: code=...&state=... */
                    response: string;
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AddedLink"];
                };
            };
        };
    };
    deleteAuthOpenidLinksId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** @description needed 15 minutes after you signed in */
                    password?: string;
                };
            };
        };
        responses: {
            /** @description Done, nothing to show */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    postAuthOpenidLinksOptions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description needed 15 minutes after you signed in */
                    password?: string;
                    /** @description of GET /api/v1/auth/openid/providers */
                    provider: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BegunAtProvider"];
                };
            };
        };
    };
    postAuthOpenidLogin: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description of the authenticator app, or a recovery code */
                    code?: string;
                    /** @description of a new account */
                    locale?: string;
                    /** @description of GET /api/v1/auth/openid/providers */
                    provider: string;
                    /** @description the query with which the provider sent the browser back: code=...&state=... */
                    response: string;
                    /**
                     * @description of a new account
                     * @default UTC
                     */
                    time_zone?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignedIn"];
                };
            };
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignedIn"];
                };
            };
        };
    };
    postAuthOpenidLoginOptions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description of GET /api/v1/auth/openid/providers */
                    provider: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BegunAtProvider"];
                };
            };
        };
    };
    getAuthOpenidProviders: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenidProviderList"];
                };
            };
        };
    };
    postAuthPasskeyLogin: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    response: {
                        authenticatorAttachment?: string | null;
                        clientExtensionResults: {
                            [key: string]: unknown;
                        };
                        id: string;
                        rawId: string;
                        response: {
                            authenticatorData: string;
                            clientDataJSON: string;
                            signature: string;
                            userHandle?: string | null;
                        };
                        /** @constant */
                        type: "public-key";
                    };
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignedIn"];
                };
            };
        };
    };
    postAuthPasskeyLoginOptions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PasskeyOptions"];
                };
            };
        };
    };
    getAuthPasskeys: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PasskeyList"];
                };
            };
        };
    };
    postAuthPasskeys: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    response: {
                        authenticatorAttachment?: string | null;
                        clientExtensionResults: {
                            [key: string]: unknown;
                        };
                        id: string;
                        rawId: string;
                        response: {
                            attestationObject: string;
                            clientDataJSON: string;
                            transports?: string[];
                        };
                        /** @constant */
                        type: "public-key";
                    };
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AddedPasskey"];
                };
            };
        };
    };
    deleteAuthPasskeysId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** @description needed 15 minutes after you signed in */
                    password?: string;
                };
            };
        };
        responses: {
            /** @description Done, nothing to show */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    postAuthPasskeysOptions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** @description needed 15 minutes after you signed in */
                    password?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PasskeyOptions"];
                };
            };
        };
    };
    postAuthRefresh: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RefreshToken"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignedIn"];
                };
            };
        };
    };
    postAuthResendConfirmation: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    postAuthResetPassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description what else to take back: it does not depend on the password
                     * @default []
                     */
                    also_revoke?: ("api_tokens" | "apps" | "calendar_feed" | "linked_accounts")[];
                    new_password: string;
                    token: string;
                };
            };
        };
        responses: {
            /** @description Done, nothing to show */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getAuthSecondFactor: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SecondFactor"];
                };
            };
        };
    };
    postAuthSecondFactor: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** @description needed 15 minutes after you signed in */
                    password?: string;
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BegunSecondFactor"];
                };
            };
        };
    };
    deleteAuthSecondFactor: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description of the authenticator app, or a recovery code */
                    code: string;
                };
            };
        };
        responses: {
            /** @description Done, nothing to show */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    postAuthSecondFactorConfirm: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description of the authenticator app, or a recovery code */
                    code: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecoveryCodes"];
                };
            };
        };
    };
    postAuthSecondFactorRecoveryCodes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description of the authenticator app, or a recovery code */
                    code: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecoveryCodes"];
                };
            };
        };
    };
    getAuthSessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionList"];
                };
            };
        };
    };
    deleteAuthSessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done, nothing to show */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    deleteAuthSessionsId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done, nothing to show */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    postAuthSignup: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    email: string;
                    locale?: string;
                    name: string;
                    password: string;
                    /** @default UTC */
                    time_zone?: string;
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignedIn"];
                };
            };
        };
    };
    postAuthStepUp: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    response: {
                        authenticatorAttachment?: string | null;
                        clientExtensionResults: {
                            [key: string]: unknown;
                        };
                        id: string;
                        rawId: string;
                        response: {
                            authenticatorData: string;
                            clientDataJSON: string;
                            signature: string;
                            userHandle?: string | null;
                        };
                        /** @constant */
                        type: "public-key";
                    };
                };
            };
        };
        responses: {
            /** @description Done, nothing to show */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    postAuthStepUpOptions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PasskeyOptions"];
                };
            };
        };
    };
    getAuthTokens: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiTokenPage"];
                };
            };
        };
    };
    postAuthTokens: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description null: never; by default in 90 days */
                    expires_at?: string | null;
                    name: string;
                    /** @description needed 15 minutes after you signed in */
                    password?: string;
                    scopes: ("tasks:read" | "tasks:write" | "account:read" | "account:write" | "admin")[];
                };
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedApiToken"];
                };
            };
        };
    };
    deleteAuthTokensId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done, nothing to show */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getCalendarFeed: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CalendarFeed"];
                };
            };
        };
    };
    postCalendarFeed: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedCalendarFeed"];
                };
            };
        };
    };
    deleteCalendarFeed: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done, nothing to show */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getCategories: {
        parameters: {
            query?: {
                cursor?: string | undefined;
                limit?: number | undefined;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LabelPage"];
                };
            };
        };
    };
    deleteCategoriesName: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done, nothing to show */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    patchCategoriesName: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RenamedLabel"];
                };
            };
        };
    };
    postChat: {
        parameters: {
            query?: never;
            header?: {
                /** @description a text of your own, such as a UUID: with it the request acts once, however often it is sent */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * Format: uuid
                     * @description left out, a new conversation begins
                     */
                    conversation_id?: string;
                    message: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": components["schemas"]["ServerSentEvent"];
                };
            };
        };
    };
    getChatIdStream: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": components["schemas"]["ServerSentEvent"];
                };
            };
            /** @description Done, nothing to show */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getChatActions: {
        parameters: {
            query?: {
                conversation_id?: string | undefined;
                cursor?: string | undefined;
                limit?: number | undefined;
                state?: ("pending" | "done" | "cancelled" | "undone" | "expired") | undefined;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChatActionPage"];
                };
            };
        };
    };
    postChatActionsIdCancel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChatAction"];
                };
            };
        };
    };
    postChatActionsIdConfirm: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConfirmedAction"];
                };
            };
        };
    };
    postChatActionsIdUndo: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UndoneAction"];
                };
            };
        };
    };
    getChatConversations: {
        parameters: {
            query?: {
                cursor?: string | undefined;
                limit?: number | undefined;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationPage"];
                };
            };
        };
    };
    getChatConversationsId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationDetails"];
                };
            };
        };
    };
    deleteChatConversationsId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done, nothing to show */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getEvents: {
        parameters: {
            query?: {
                last_event_id?: string | undefined;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": components["schemas"]["ServerSentEvent"];
                };
            };
        };
    };
    getExport: {
        parameters: {
            query?: {
                format?: ("json" | "csv" | "ics") | undefined;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Export"];
                    "text/calendar": string;
                    "text/csv": string;
                };
            };
        };
    };
    postImport: {
        parameters: {
            query?: {
                /** @description of CSV: what its columns are here, as JSON, like `{"title":"Task name","due_date":"When"}` */
                mapping?: string | undefined;
                /** @description only report what would become of each item */
                preview?: string | undefined;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @default [] */
                    recurring_tasks?: unknown[];
                    /** @default [] */
                    tasks?: unknown[];
                };
                "text/calendar": string;
                "text/csv": string;
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportResult"];
                };
            };
        };
    };
    getNotifications: {
        parameters: {
            query?: {
                channel?: ("email" | "webhook") | undefined;
                cursor?: string | undefined;
                limit?: number | undefined;
                state?: ("pending" | "held" | "sent" | "failed" | "suppressed") | undefined;
                task_id?: string | undefined;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NotificationPage"];
                };
            };
        };
    };
    getNotificationsPreferences: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Preferences"];
                };
            };
        };
    };
    patchNotificationsPreferences: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["PreferencesPatch"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Preferences"];
                };
            };
        };
    };
    getNotificationsWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
        };
    };
    putNotificationsWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: uri */
                    url: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RegisteredWebhook"];
                };
            };
        };
    };
    deleteNotificationsWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done, nothing to show */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    postNotificationsWebhookVerify: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
        };
    };
    getOauthConsentsUid: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                uid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Consent"];
                };
            };
        };
    };
    postOauthConsentsUid: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                uid: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConsentDecision"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConsentDecided"];
                };
            };
        };
    };
    postRecurrencePreview: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "rule": "FREQ=MONTHLY;BYMONTHDAY=-1",
                 *       "start": "2030-01-31T09:00:00",
                 *       "time_zone": "Europe/Berlin",
                 *       "count": 3
                 *     }
                 */
                "application/json": {
                    /** @default 10 */
                    count?: number;
                    /** @default 1 */
                    interval?: number;
                    /** @enum {string} */
                    pattern?: "daily" | "weekly" | "monthly" | "yearly";
                    rule?: string;
                    /** @description the first date on the clock of time_zone; a day alone begins an all-day series */
                    start?: string;
                    /** @default UTC */
                    time_zone?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecurrencePreview"];
                };
            };
        };
    };
    getRecurringTasks: {
        parameters: {
            query?: {
                cursor?: string | undefined;
                is_active?: string | undefined;
                limit?: number | undefined;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecurringTaskPage"];
                };
            };
        };
    };
    postRecurringTasks: {
        parameters: {
            query?: never;
            header?: {
                /** @description a text of your own, such as a UUID: with it the request acts once, however often it is sent */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "title": "Stand-up",
                 *       "rule": "FREQ=WEEKLY;BYDAY=MO,WE",
                 *       "start_date": "2030-01-07T09:00:00",
                 *       "time_zone": "Europe/Berlin"
                 *     }
                 */
                "application/json": components["schemas"]["NewRecurringTask"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecurringTaskDetails"];
                };
            };
        };
    };
    getRecurringTasksId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecurringTaskDetails"];
                };
            };
        };
    };
    deleteRecurringTasksId: {
        parameters: {
            query?: {
                open_tasks?: ("delete" | "keep") | undefined;
            };
            header?: {
                /** @description the ETag of the version that the change was decided on; another one is 412 */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done, nothing to show */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    patchRecurringTasksId: {
        parameters: {
            query?: {
                scope?: ("following" | "all") | undefined;
            };
            header?: {
                /** @description the ETag of the version that the change was decided on; another one is 412 */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RecurringTaskPatch"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecurringTaskDetails"];
                };
            };
        };
    };
    postRecurringTasksIdPause: {
        parameters: {
            query?: never;
            header?: {
                /** @description the ETag of the version that the change was decided on; another one is 412 */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecurringTaskDetails"];
                };
            };
        };
    };
    postRecurringTasksIdResume: {
        parameters: {
            query?: never;
            header?: {
                /** @description the ETag of the version that the change was decided on; another one is 412 */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecurringTaskDetails"];
                };
            };
        };
    };
    postRecurringTasksIdSkip: {
        parameters: {
            query?: never;
            header?: {
                /** @description the ETag of the version that the change was decided on; another one is 412 */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    date?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecurringTaskDetails"];
                };
            };
        };
    };
    getSearch: {
        parameters: {
            query: {
                cursor?: string | undefined;
                limit?: number | undefined;
                q: string | undefined;
                state?: ("open" | "completed" | "all") | undefined;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FoundTaskPage"];
                };
            };
        };
    };
    getTags: {
        parameters: {
            query?: {
                cursor?: string | undefined;
                limit?: number | undefined;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LabelPage"];
                };
            };
        };
    };
    deleteTagsName: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done, nothing to show */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    patchTagsName: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RenamedLabel"];
                };
            };
        };
    };
    getTasks: {
        parameters: {
            query?: {
                category?: string | undefined;
                cursor?: string | undefined;
                deleted?: string | undefined;
                due_after?: string | undefined;
                due_before?: string | undefined;
                is_completed?: string | undefined;
                limit?: number | undefined;
                overdue?: string | undefined;
                priority?: ("low" | "medium" | "high") | undefined;
                series_id?: string | undefined;
                sort?: ("created_at" | "-created_at" | "updated_at" | "-updated_at" | "due_date" | "-due_date" | "priority" | "-priority" | "title" | "-title") | undefined;
                state?: ("open" | "completed" | "all") | undefined;
                tag?: (string | string[]) | undefined;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskPage"];
                };
            };
        };
    };
    postTasks: {
        parameters: {
            query?: never;
            header?: {
                /** @description a text of your own, such as a UUID: with it the request acts once, however often it is sent */
                "Idempotency-Key"?: string;
                /** @description `return=minimal` leaves the body of the answer out */
                Prefer?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "title": "Pay rent",
                 *       "due_date": "2030-01-31T09:00:00+01:00",
                 *       "time_zone": "Europe/Berlin",
                 *       "tags": [
                 *         "home"
                 *       ],
                 *       "recurrence_rule": "monthly",
                 *       "reminders": [
                 *         {
                 *           "type": "before",
                 *           "offset": "PT30M"
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["NewTask"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
        };
    };
    getTasksId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
        };
    };
    deleteTasksId: {
        parameters: {
            query?: {
                series?: ("skip" | "end" | "keep") | undefined;
            };
            header?: {
                /** @description the ETag of the version that the change was decided on; another one is 412 */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done, nothing to show */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    patchTasksId: {
        parameters: {
            query?: {
                scope?: ("this" | "following" | "all") | undefined;
            };
            header?: {
                /** @description the ETag of the version that the change was decided on; another one is 412 */
                "If-Match"?: string;
                /** @description `return=minimal` leaves the body of the answer out */
                Prefer?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["TaskPatch"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
            /** @description Done, nothing to show */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    postTasksIdComplete: {
        parameters: {
            query?: never;
            header?: {
                /** @description the ETag of the version that the change was decided on; another one is 412 */
                "If-Match"?: string;
                /** @description `return=minimal` leaves the body of the answer out */
                Prefer?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
            /** @description Done, nothing to show */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    postTasksIdRemindersReminderIdDismiss: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                reminder_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
        };
    };
    postTasksIdRemindersReminderIdSnooze: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                reminder_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Snooze"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
        };
    };
    postTasksIdReopen: {
        parameters: {
            query?: never;
            header?: {
                /** @description the ETag of the version that the change was decided on; another one is 412 */
                "If-Match"?: string;
                /** @description `return=minimal` leaves the body of the answer out */
                Prefer?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
            /** @description Done, nothing to show */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    postTasksIdRestore: {
        parameters: {
            query?: never;
            header?: {
                /** @description the ETag of the version that the change was decided on; another one is 412 */
                "If-Match"?: string;
                /** @description `return=minimal` leaves the body of the answer out */
                Prefer?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
            /** @description Done, nothing to show */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    postTasksIdSkip: {
        parameters: {
            query?: never;
            header?: {
                /** @description the ETag of the version that the change was decided on; another one is 412 */
                "If-Match"?: string;
                /** @description `return=minimal` leaves the body of the answer out */
                Prefer?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
            /** @description Done, nothing to show */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    postTasksBulk: {
        parameters: {
            query?: never;
            header?: {
                /** @description a text of your own, such as a UUID: with it the request acts once, however often it is sent */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "operations": [
                 *         {
                 *           "action": "create",
                 *           "task": {
                 *             "title": "Pay rent"
                 *           }
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": {
                    operations: components["schemas"]["BulkOperation"][];
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BulkResults"];
                };
            };
        };
    };
    postTasksQuickAdd: {
        parameters: {
            query?: never;
            header?: {
                /** @description a text of your own, such as a UUID: with it the request acts once, however often it is sent */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "text": "Water the plants every friday at 18:00 #home !high"
                 *     }
                 */
                "application/json": {
                    /** @default false */
                    dry_run?: boolean;
                    /** @description parts of the text, as [start, end), that belong to the title whatever they seem to mean */
                    literal?: [
                        number,
                        number
                    ][];
                    text: string;
                    time_zone?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QuickAddReading"];
                };
            };
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QuickAddResult"];
                };
            };
        };
    };
    getUsage: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Usage"];
                };
            };
        };
    };
}
