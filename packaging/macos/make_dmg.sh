#!/bin/sh
# The disk image for macOS: the application beside a link to /Applications. Not yet run.
#   make_dmg.sh Agelens.app TARGET.dmg
# Signs and notarises where AGELENS_CODESIGN_IDENTITY and AGELENS_NOTARY_PROFILE are set.
set -eu
app=$1
target=$2
here=$(dirname "$0")
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

if [ -n "${AGELENS_CODESIGN_IDENTITY:-}" ]; then
    codesign --force --deep --options runtime --timestamp \
        --entitlements "$here/entitlements.plist" --sign "$AGELENS_CODESIGN_IDENTITY" "$app"
    codesign --verify --deep --strict "$app"
fi
cp -R "$app" "$scratch/"
ln -s /Applications "$scratch/Applications"
rm -f "$target"
hdiutil create -volname Agelens -srcfolder "$scratch" -fs HFS+ -format ULMO "$target"
if [ -n "${AGELENS_NOTARY_PROFILE:-}" ]; then
    xcrun notarytool submit "$target" --keychain-profile "$AGELENS_NOTARY_PROFILE" --wait
    xcrun stapler staple "$target"
fi
