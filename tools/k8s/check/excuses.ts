import type { Excuse } from './findings.ts'

/** Accepted findings of the checks. One that is no longer needed fails the test. */
export const excuses: readonly Excuse[] = [
  {
    check: /^container-image-pull-policy$/,
    object: /.*/,
    why: 'Images have a version or a digest, so the image never changes; minikube has no registry to pull from.',
  },
  {
    check: /has-host-podantiaffinity$/,
    object: /Deployment\/(chat-api|recurring-processor|reminder-service|notification-service|audit-logger)/,
    why: 'Topology spread constraints do this, over nodes and zones, and also for three replicas on two nodes.',
  },
  {
    overlay: /^minikube$/,
    check: /has-host-podantiaffinity$|has-poddisruptionbudget$|^deployment-replicas$/,
    object: /(Deployment|StatefulSet)\/(kafka|postgres|statestore|mailbox|jaeger)/,
    why: 'One of each on one node, for trying out: nothing to spread, and nothing to keep available during a drain.',
  },
  {
    overlay: /^minikube$/,
    check: /^deployment-replicas$/,
    object: /Deployment\/(chat-api|recurring-processor|reminder-service|notification-service|audit-logger)/,
    why: 'One replica each has to fit on one small node.',
  },
  {
    overlay: /^minikube$/,
    check: /^container-security-context-user-group-id$/,
    object: /StatefulSet\/(kafka|postgres)/,
    why: 'Public images that only run as their own user (1000 and 999): they own the files, or the user needs a name.',
  },
  {
    overlay: /^minikube$/,
    check: /^pod-probes$/,
    object: /StatefulSet\/kafka/,
    why: 'No liveness probe: a broker that recovers its log is slow, not dead, and one that died has ended.',
  },
  {
    overlay: /^production/,
    check: /^deployment-replicas$/,
    object: /Deployment\/(chat-api|recurring-processor|reminder-service|notification-service|audit-logger)/,
    why: 'KEDA keeps at least two; a number here would override its own at every apply.',
  },
  {
    overlay: /^production/,
    check: /^networkpolicy-targets-pod$/,
    object: /NetworkPolicy\/(strimzi|postgres|certificate-question)/,
    why: 'The operators create the pods.',
  },
  {
    overlay: /secrets from files/,
    check: /^secret$/,
    object: /Secret\/(taskflow|sidecar-.+)$/,
    why: 'They come from files that git ignores; the test uses the examples.',
  },
  {
    overlay: /^logs$/,
    check: /has-host-podantiaffinity$|has-poddisruptionbudget$/,
    object: /StatefulSet\/loki/,
    why: 'One Loki on one disk: nothing to spread. While its node is drained, log lines stay on their nodes.',
  },
  {
    overlay: /^logs$/,
    check: /^host$|^container-security-context-user-group-id$/,
    object: /DaemonSet\/collector/,
    why: "It must read the node's log files: read-only, as a user other than root, in root's group, which may read them.",
  },
]
