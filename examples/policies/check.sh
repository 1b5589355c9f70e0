#!/bin/sh
# Plans the configuration in the working directory, checks the plan against the rules
# beside this script, and writes comment.md for a pull request. Exits with 0 only if
# the check passed. Leaves the plan in tfplan.
#
# Usage: check.sh [arguments for terraform plan]
#
# Environment variables and their defaults:
#   TF      the Terraform or OpenTofu CLI (terraform)
#   OPA     the Open Policy Agent CLI (opa)
#   LABELS  the labels of the pull request, as a JSON list ([])
set -eu
rules=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
terraform=${TF:-terraform}

# A plan and its JSON are as confidential as the state.
umask 077
scratch=$(mktemp -d)
end() {
	[ -e "$scratch/comment.md" ] || printf '## Access check: error\n\nThe check could not run. Read its log, fix the error, and run the check again.\n' >comment.md || true
	rm -rf "$scratch"
}
trap end EXIT
trap 'exit 1' HUP INT TERM
rm -rf tfplan comment.md # from an earlier run

# The configuration could contain a .terraform with links, through which init would
# write modules over the rules. So init uses another directory, and the rules are
# copied first.
export TF_DATA_DIR="${TF_DATA_DIR:-$scratch/terraform}"
cp -RL "$rules/policy" "$rules/settings" "$scratch"

"$terraform" init -input=false -no-color
"$terraform" plan -input=false -no-color -out=tfplan "$@"
"$terraform" show -json tfplan >"$scratch/plan.json"
printf '%s' "${LABELS:-[]}" >"$scratch/labels.json"

# Without --fail, a query without a result would count as one without findings.
query() {
	"${OPA:-opa}" eval --fail --format raw --ignore '*_test.rego' --data "$scratch/policy" --data "$scratch/settings" \
		--data "access.labels:$scratch/labels.json" --input "$scratch/plan.json" "$1"
}
denied=$(query data.datastack.comment.denied)
warned=$(query data.datastack.comment.warned)
review=$(query data.datastack.comment.review)

{
	if [ -n "$denied" ]; then
		printf '## Access check: failed\n\n%s\n' "$denied"
	else
		printf '## Access check: passed\n'
	fi
	[ -z "$warned" ] || printf '\n### Warnings\n\nThese findings do not fail the check:\n\n%s\n' "$warned"
} | tee "$scratch/comment.md"
# GitHub accepts 65,536 characters.
if [ -n "$review" ] && [ $((${#review} + $(wc -c <"$scratch/comment.md"))) -lt 65000 ]; then
	printf '\n<details><summary>Who has access</summary>\n\n%s\n\n</details>\n' "$review" >>"$scratch/comment.md"
fi
cp "$scratch/comment.md" comment.md

[ -z "$denied" ]
