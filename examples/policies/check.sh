#!/bin/sh
# Plans the configuration in the working directory, holds the plan against the
# rules beside this script, and writes comment.md for a pull request. Ends with
# 0 only where the change keeps to the rules; the plan itself stays in tfplan.
#
# Arguments are passed on to plan. Variables: TF, the CLI (terraform); OPA, the
# engine (opa); LABELS, the labels of the pull request as a JSON list ([]).
set -eu
rules=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
terraform=${TF:-terraform}

# The JSON of a plan is as confidential as the state, and so is the plan.
umask 077
scratch=$(mktemp -d)
end() {
	[ -e "$scratch/comment.md" ] || printf '## Access: this change could not be judged\n\nThe log of the check says why.\n' >comment.md || true
	rm -rf "$scratch"
}
trap end EXIT
trap 'exit 1' HUP INT TERM
rm -rf tfplan comment.md # of a run before, which says nothing about this one

# Modules are written to where links in .terraform lead, which the configuration
# may bring along: neither is used, and the rules are taken aside.
export TF_DATA_DIR="${TF_DATA_DIR:-$scratch/terraform}"
cp -RL "$rules/policy" "$rules/settings" "$scratch"

"$terraform" init -input=false -no-color
"$terraform" plan -input=false -no-color -out=tfplan "$@"
"$terraform" show -json tfplan >"$scratch/plan.json"
printf '%s' "${LABELS:-[]}" >"$scratch/labels.json"

# Without --fail a question that has no answer would count as one without findings.
ask() {
	"${OPA:-opa}" eval --fail --format raw --ignore '*_test.rego' --data "$scratch/policy" --data "$scratch/settings" \
		--data "access.labels:$scratch/labels.json" --input "$scratch/plan.json" "$1"
}
denied=$(ask data.datastack.comment.denied)
warned=$(ask data.datastack.comment.warned)
review=$(ask data.datastack.comment.review)

{
	if [ -n "$denied" ]; then
		printf '## Access: this change is stopped\n\n%s\n' "$denied"
	else
		printf '## Access: this change keeps to the rules\n'
	fi
	[ -z "$warned" ] || printf '\n### To be worked off\n\n%s\n' "$warned"
} | tee "$scratch/comment.md"
# GitHub takes 65,536 characters.
if [ -n "$review" ] && [ $((${#review} + $(wc -c <"$scratch/comment.md"))) -lt 65000 ]; then
	printf '\n<details><summary>Who has access</summary>\n\n%s\n\n</details>\n' "$review" >>"$scratch/comment.md"
fi
cp "$scratch/comment.md" comment.md

[ -z "$denied" ]
