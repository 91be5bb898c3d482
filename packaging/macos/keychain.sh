#!/bin/bash
# Puts the certificate in CERTIFICATE (base64 of a .p12) and PASSWORD into a keychain of its own,
# and prints the line that tells the build which identity to sign with.
set -euo pipefail
keychain=$HOME/build.keychain-db secret=$(openssl rand -hex 16)
base64 --decode <<< "$CERTIFICATE" > certificate.p12
trap 'rm -f certificate.p12' EXIT
security create-keychain -p "$secret" "$keychain" >&2
security set-keychain-settings -lut 7200 "$keychain" >&2
security unlock-keychain -p "$secret" "$keychain" >&2
security import certificate.p12 -k "$keychain" -P "$PASSWORD" -T /usr/bin/codesign >&2
security set-key-partition-list -S apple-tool:,apple: -s -k "$secret" "$keychain" >/dev/null
security list-keychains -d user -s "$keychain" login.keychain-db >&2
identity=$(security find-identity -v -p codesigning "$keychain" | sed -n 's/.*"\(Developer ID.*\)"/\1/p' | head -1)
echo "CODESIGN_IDENTITY=$identity"
