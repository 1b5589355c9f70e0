#!/bin/sh
# Plans the configuration in the working directory, holds the plan against the
# rules beside this script, and writes comment.md for a pull request. Ends with
# 1 where a rule stops the change; the plan itself stays in tfplan.
#
# Arguments are passed on to plan. Variables: TF, the CLI (terraform); OPA, the
# engine (opa); LABELS, the labels of the pull request as a JSON list ([]).
set -eu
rules=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
terraform=${TF:-terraform}

# The JSON of a plan is as confidential as the state.
umask 077
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
trap 'exit 1' INT TERM
rm -f tfplan comment.md # of a run before, which says nothing about this one

"$terraform" init -input=false -no-color
"$terraform" plan -input=false -no-color -out=tfplan "$@"
"$terraform" show -json tfplan >"$scratch/plan.json"
printf '{"access": {"labels": %s}}' "${LABELS:-[]}" >"$scratch/labels.json"

# Without --fail a question that has no answer would count as one without findings.
ask() {
	"${OPA:-opa}" eval --fail --format raw --ignore '*_test.rego' --data "$rules/policy" --data "$rules/settings" \
		--data "$scratch/labels.json" --input "$scratch/plan.json" "$1"
}
denied=$(ask 'concat("\n", [concat("", ["- ", finding.msg]) | some finding in data.main.deny])')
warned=$(ask 'concat("\n", [concat("", ["- ", finding.msg]) | some finding in data.main.warn])')
review=$(ask 'object.get(input, ["planned_values", "outputs", "access_review", "value"], "")')

{
	if [ -n "$denied" ]; then
		printf '## Access: this change is stopped\n\n%s\n' "$denied"
	else
		printf '## Access: this change keeps to the rules\n'
	fi
	[ -z "$warned" ] || printf '\n### To be worked off\n\n%s\n' "$warned"
} | tee "$scratch/comment.md"
# GitHub takes 65,536 characters.
if [ -n "$review" ] && [ ${#review} -lt 50000 ]; then
	printf '\n<details><summary>Who has access</summary>\n\n%s\n\n</details>\n' "$review" >>"$scratch/comment.md"
fi
cp "$scratch/comment.md" comment.md

[ -z "$denied" ]
