#!/bin/sh
# Writes docs/ from the provider's schema, templates/ and examples/. With "check" as $1 it changes nothing, and fails if
# docs/ is out of date. For "make docs" and "make docs-check".
set -eu
tree=$PWD

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
trap 'exit 1' INT TERM

go run ./internal/cmd/schema >"$scratch/schema.json"

if [ "${1:-}" = check ]; then
	tree=$scratch/tree
	mkdir "$tree"
	for dir in docs examples templates; do
		[ ! -d $dir ] || cp -R $dir "$tree"
	done
fi
.bin/tfplugindocs generate --provider-dir "$tree" --providers-schema "$scratch/schema.json" \
	--provider-name datastack --rendered-provider-name Datastack >"$scratch/log" 2>&1 || {
	cat "$scratch/log" >&2
	exit 1
}
# Data sources describe the fields of an object where it is listed. tfplugindocs lists them once more below, without
# descriptions: that goes, with the links to it.
for page in "$tree"/docs/data-sources/*.md; do
	text=$(sed -e 's/ (see \[below for nested schema\]([^)]*))//' -e '/^<a id="nested/,$d' "$page")
	printf '%s\n' "$text" >"$page"
done
if [ "${1:-}" = check ]; then
	diff -ru docs "$tree/docs" || {
		echo 'docs/ is out of date: run "make docs"' >&2
		exit 1
	}
fi
