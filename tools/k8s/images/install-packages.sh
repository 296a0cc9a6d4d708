#!/bin/sh
# Installs the packages of one service in an image and lists them in sbom.cdx.json.
#   install-packages.sh SERVICE
#
# Not `npm ci`: it insists that the lock file names the packages of every platform, which one written behind a registry that
# lacks some of them cannot. The versions are those of the lock file all the same. No install scripts: the npm package `node`
# stays an empty shell, for the image has its Node already.
set -eu
# A workspace that is needed for tests only would come with all that it needs: --omit=dev does not cover workspaces.
node -e '
  const { readFileSync, writeFileSync } = require("node:fs")
  for (const file of process.argv.slice(1)) {
    const { devDependencies, ...shipped } = JSON.parse(readFileSync(file, "utf8"))
    writeFileSync(file, JSON.stringify(shipped))
  }
' package.json apps/*/package.json libs/*/package.json
set -- "--workspace=@taskflow/$1"
npm install --no-save --omit=dev --ignore-scripts --no-audit --no-fund --loglevel=error "$@"
# From the lock file: the other workspaces are not installed, which would be an error.
npm sbom --sbom-format=cyclonedx --omit=dev --package-lock-only "$@" >sbom.cdx.json
# Types, source maps and descriptions are for developers; licences stay.
find . -path '*/node_modules/*' -type f ! -iname 'licen*' \
  \( -name '*.d.ts' -o -name '*.d.mts' -o -name '*.d.cts' -o -name '*.map' -o -iname '*.md' \) -delete
rm -rf tools .npmrc package-lock.json
