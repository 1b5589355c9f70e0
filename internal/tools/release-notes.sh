#!/bin/sh
# Prints the section of CHANGELOG.md about the version of the tag $1, such as v0.1.0. Fails if there is none. For the release
# workflow.
set -eu
version=${1#v}

notes=$(awk -v heading="## $version" '
	/^## / { inside = ($0 == heading || index($0, heading " ") == 1); next }
	inside' CHANGELOG.md)
[ -n "$(printf %s "$notes" | tr -d '[:space:]')" ] || {
	echo "CHANGELOG.md has no section \"## $version\". Write it, then tag that commit." >&2
	exit 1
}
printf '%s\n' "$notes"
