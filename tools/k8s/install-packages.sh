#!/bin/sh
# Installs, in an image, what one service runs on, and lists it in sbom.cdx.json.
#   install-packages.sh SERVICE
#   install-packages.sh --of-root PACKAGE...   only these of the root's own packages
#
# Not `npm ci`: it insists that the lock file names the packages of every platform, which one written behind a registry that
# lacks some of them cannot. The versions are those of the lock file all the same. No install scripts: the npm package `node`
# stays an empty shell, for the image has its Node already.
set -eu
if [ "$1" = --of-root ]; then
  shift
  node - "$@" <<'SCRIPT'
const { readFileSync, writeFileSync } = require('node:fs')
const { name, version, dependencies } = JSON.parse(readFileSync('package.json', 'utf8'))
const kept = Object.fromEntries(process.argv.slice(2).map((each) => [each, dependencies[each]]))
writeFileSync('package.json', JSON.stringify({ name, version, type: 'module', dependencies: kept }))
SCRIPT
  rm -rf apps libs bench
  set --
  list= # what is installed; the lock file knows of more
else
  set -- "--workspace=@taskflow/$1"
  list=--package-lock-only # a workspace that is not installed would be an error
fi
npm install --no-save --omit=dev --ignore-scripts --no-audit --no-fund --loglevel=error "$@"
npm sbom --sbom-format=cyclonedx --omit=dev $list "$@" >sbom.cdx.json
# Types, source maps and descriptions are for developers; licences stay.
find . -path '*/node_modules/*' -type f ! -iname 'licen*' \
  \( -name '*.d.ts' -o -name '*.d.mts' -o -name '*.d.cts' -o -name '*.map' -o -iname '*.md' \) -delete
rm -rf tools .npmrc package-lock.json
