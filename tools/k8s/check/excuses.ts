import type { Excuse } from './findings.ts'

/** What the checks say that we leave as it is. One that nothing needs any more fails the test. */
export const excuses: readonly Excuse[] = [
  {
    check: /^container-image-pull-policy$/,
    object: /.*/,
    why: 'Images have a version or a digest, which means the same image for ever; on minikube there is no registry to ask.',
  },
  {
    check: /has-host-podantiaffinity$/,
    object: /Deployment\/(chat-api|recurring-processor|reminder-service|notification-service|audit-logger)/,
    why: 'Topology spread constraints do it, over nodes and zones, and for three replicas on two nodes, too.',
  },
  {
    overlay: /^minikube$/,
    check: /has-host-podantiaffinity$|has-poddisruptionbudget$|^deployment-replicas$/,
    object: /(Deployment|StatefulSet)\/(kafka|postgres|statestore|mailbox|jaeger)/,
    why: 'One of each on one node, for trying out: there is nothing to spread, and nothing to keep up while it is emptied.',
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
    why: 'Public images that only run as their own user (1000 and 999): the files are theirs, or the user must have a name.',
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
    why: 'KEDA keeps two at least; a number here would undo its own at every apply.',
  },
  {
    overlay: /^production/,
    check: /^networkpolicy-targets-pod$/,
    object: /NetworkPolicy\/(strimzi|postgres|certificate-question)/,
    why: 'The pods are made by the operators.',
  },
  {
    overlay: /secrets from files/,
    check: /^secret$/,
    object: /Secret\/(taskflow|app-api-token|dapr-api-token)/,
    why: 'From files that git ignores; the test uses the examples.',
  },
  {
    overlay: /^logs$/,
    check: /has-host-podantiaffinity$|has-poddisruptionbudget$/,
    object: /StatefulSet\/loki/,
    why: 'One Loki on one disk: there is nothing to spread. While its node is emptied, lines wait where they are.',
  },
  {
    overlay: /^logs$/,
    check: /^host$|^container-security-context-user-group-id$/,
    object: /DaemonSet\/collector/,
    why: "Reading the node's files of logs is what it is for: read-only, as a user who is not root, of root's group, which may.",
  },
]
