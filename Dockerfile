# Images of the services, of `jobs` that run once in a cluster, and of the `mailbox` for trying out: npm run k8s:images
# bundles the services, builds the console, and then all images. Needs no BuildKit.
ARG NODE=node:26-bookworm-slim
ARG BASE=debian:bookworm-slim

FROM $NODE AS node

# A library that some builds of Node need.
FROM node AS libraries
RUN mkdir /libraries && find /usr/lib -name libatomic.so.1 -exec cp -L {} /libraries/ \;

# The manifests of all packages, without sources: packages are installed again only when a manifest changes.
FROM node AS sources
COPY . /sources
RUN mkdir /manifests && cd /sources \
 && find . \( -name package.json -o -name package-lock.json -o -name .npmrc -o -name install-packages.sh \) -exec cp --parents {} /manifests \;
FROM node AS manifests
WORKDIR /app
COPY --from=sources /manifests .

FROM manifests AS chat-api-packages
RUN sh tools/k8s/images/install-packages.sh chat-api
FROM manifests AS recurring-processor-packages
RUN sh tools/k8s/images/install-packages.sh recurring-processor
FROM manifests AS reminder-service-packages
RUN sh tools/k8s/images/install-packages.sh reminder-service
FROM manifests AS notification-service-packages
RUN sh tools/k8s/images/install-packages.sh notification-service
FROM manifests AS audit-logger-packages
RUN sh tools/k8s/images/install-packages.sh audit-logger
FROM manifests AS mailbox-packages
RUN sh tools/k8s/images/install-packages.sh mailbox

# Node without npm; jobs run as TypeScript. Certificates and time zones are built in.
FROM $BASE AS runtime
COPY --from=node /usr/local/bin/node /usr/local/bin/
COPY --from=libraries /libraries/ /usr/lib/
ENV NODE_ENV=production
WORKDIR /app
USER 10001:10001
ENTRYPOINT ["node"]
ARG VERSION=0.0.0
ARG REVISION=unknown
LABEL org.opencontainers.image.version=$VERSION \
      org.opencontainers.image.revision=$REVISION \
      org.opencontainers.image.vendor=TaskFlow \
      org.opencontainers.image.licenses=MIT \
      org.opencontainers.image.base.name=debian:bookworm-slim \
      taskflow.sbom.format=cyclonedx+json \
      taskflow.sbom.path=/app/sbom.cdx.json

FROM runtime AS service
COPY apps/cluster-jobs/src/wait-for.ts apps/cluster-jobs/src/
COPY libs libs

FROM service AS chat-api
LABEL org.opencontainers.image.title=chat-api
COPY --from=chat-api-packages /app .
COPY apps/chat-api apps/chat-api
COPY apps/console/dist apps/console/dist
EXPOSE 8080
CMD ["--max-semi-space-size=2", "apps/chat-api/dist/main.js"]

FROM service AS recurring-processor
LABEL org.opencontainers.image.title=recurring-processor
COPY --from=recurring-processor-packages /app .
COPY apps/recurring-processor apps/recurring-processor
EXPOSE 8081
CMD ["--max-semi-space-size=2", "apps/recurring-processor/dist/main.js"]

FROM service AS reminder-service
LABEL org.opencontainers.image.title=reminder-service
COPY --from=reminder-service-packages /app .
COPY apps/reminder-service apps/reminder-service
EXPOSE 8082
CMD ["--max-semi-space-size=2", "apps/reminder-service/dist/main.js"]

FROM service AS notification-service
LABEL org.opencontainers.image.title=notification-service
COPY --from=notification-service-packages /app .
COPY apps/notification-service apps/notification-service
EXPOSE 8083
CMD ["--max-semi-space-size=2", "apps/notification-service/dist/main.js"]

FROM service AS audit-logger
LABEL org.opencontainers.image.title=audit-logger
COPY --from=audit-logger-packages /app .
COPY apps/audit-logger apps/audit-logger
EXPOSE 8084
CMD ["--max-semi-space-size=2", "apps/audit-logger/dist/main.js"]

# Migrations, topics, secrets. They need only packages of chat-api, so most layers are shared.
FROM service AS jobs
LABEL org.opencontainers.image.title=jobs
COPY --from=chat-api-packages /app .
COPY apps/cluster-jobs apps/cluster-jobs
CMD ["apps/cluster-jobs/src/migrate.ts"]

FROM runtime AS mailbox
LABEL org.opencontainers.image.title=mailbox
COPY --from=mailbox-packages /app .
COPY apps/mailbox apps/mailbox
EXPOSE 1025 8025
CMD ["apps/mailbox/src/main.ts"]
