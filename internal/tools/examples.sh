#!/bin/sh
# Validates each directory of examples/ with the CLI $1 and the built provider, in a copy. It skips a directory whose
# required_version excludes the CLI's version. For "make examples-check".
set -eu
cli=$1

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
trap 'exit 1' INT TERM

cp -R examples "$scratch"
cd "$scratch"
find examples -name '.terraform*' -prune -exec rm -rf {} + # left by a run by hand

find examples -name '*.tf' | sed 's|/[^/]*$||' | sort -u >dirs
failed=0
while read -r dir; do
	# Examples in the docs are parts of a configuration, without its required_providers.
	grep -q required_providers "$dir"/*.tf || cat >"$dir/required_providers.tf" <<'END'
terraform {
  required_providers {
    datastack = { source = "datastack-iam/datastack" }
  }
}
END
	if "$cli" -chdir="$dir" init -no-color >log 2>&1 && "$cli" -chdir="$dir" validate -no-color >log 2>&1; then
		continue
	elif grep -q 'Unsupported Terraform Core version' log; then
		echo "$dir: skipped: it needs another version of Terraform"
	else
		echo "$dir:"
		cat log
		failed=1
	fi
done <dirs
exit $failed
