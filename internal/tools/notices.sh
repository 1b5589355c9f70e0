#!/bin/sh
# Writes the licenses of everything in the provider's binary to the file $1: its modules', and Go's own. Fails on a license
# that is not known to be compatible with MPL-2.0. For "make notices".
set -eu
own=github.com/datastack-iam/terraform-provider-datastack

log=$(mktemp)
trap 'rm -f "$log"' EXIT
trap 'exit 1' INT TERM

# go-licenses writes warnings about each assembly file and each page that it cannot reach: they matter only if it fails.
licenses() {
	.bin/go-licenses "$@" --ignore "$own" 2>"$log" || {
		cat "$log" >&2
		exit 1
	}
}
licenses check . --allowed_licenses=Apache-2.0,BSD-2-Clause,BSD-3-Clause,ISC,MIT,MPL-2.0
licenses report . --template internal/tools/licenses/notices.tpl >"$1"
{
	echo "================================================================================"
	echo "The Go standard library, $(go env GOVERSION) (BSD-3-Clause)"
	echo "================================================================================"
	echo
	cat "$(go env GOROOT)/LICENSE"
} >>"$1"
