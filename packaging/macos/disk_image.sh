#!/bin/bash
# Makes dist/vocal-remover-VERSION-macos.dmg of the .app in dist/, and has Apple notarise it where
# APPLE_ID, APPLE_TEAM and APPLE_PASSWORD are set.
set -euo pipefail
cd "$(dirname "$0")/../.."
app="dist/Vocal Remover.app"
version=$(plutil -extract CFBundleShortVersionString raw "$app/Contents/Info.plist")
image=dist/vocal-remover-$version-macos.dmg
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
codesign --verify --deep --strict "$app"
cp -R "$app" "$folder/"
ln -s /Applications "$folder/Applications"
hdiutil create -volname "Vocal Remover" -srcfolder "$folder" -format UDZO -ov "$image"
if [ -n "${CODESIGN_IDENTITY:-}" ]; then
  codesign --sign "$CODESIGN_IDENTITY" --timestamp "$image"
fi
if [ -n "${APPLE_ID:-}" ]; then
  xcrun notarytool submit "$image" --wait \
    --apple-id "$APPLE_ID" --team-id "$APPLE_TEAM" --password "$APPLE_PASSWORD"
  xcrun stapler staple "$image"
fi
