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
opa=${OPA:-opa}

# A plan is as confidential as the state. Its JSON is only in memory.
umask 077
scratch=$(mktemp -d)
problem='Read its log, fix the error, and run the check again.'
end() {
	[ -e "$scratch/checked" ] || printf '## Access check: error\n\nThe check could not run. %s\n' "$problem" >comment.md || true
	rm -rf "$scratch"
}
trap end EXIT
trap 'exit 1' HUP INT QUIT PIPE TERM
rm -rf tfplan comment.md # from an earlier run

fail() {
	problem=$1
	printf 'check.sh: %s\n' "$problem" >&2
	exit 1
}
command -v "$terraform" >/dev/null || fail "The command $terraform is missing. Install Terraform or OpenTofu, or set TF to its path."
command -v "$opa" >/dev/null || fail "The command $opa is missing. Install Open Policy Agent, or set OPA to its path."

# The configuration could contain a .terraform with links, through which init would
# write modules over the rules. So init uses another directory, and the rules are
# copied first.
export TF_DATA_DIR="${TF_DATA_DIR:-$scratch/terraform}"
cp -RL "$rules/policy" "$rules/settings" "$scratch"

# To OPA, a misspelled import is data that could come from elsewhere: the rule would
# find nothing.
"$opa" deps --format json --ignore '*_test.rego' --data "$scratch/policy" data.main.deny >"$scratch/deps.json"
undefined=$("$opa" eval --fail --format raw --input "$scratch/deps.json" \
	'concat(", ", [concat(".", [sprintf("%v", [part.value]) | some part in path]) | some path in input.base; path[1].value in ["datastack", "main"]])')
[ -z "$undefined" ] || fail "The rules use what no package defines: $undefined. Correct the spelling in the directory policy."

"$terraform" init -input=false -no-color
"$terraform" plan -input=false -no-color -out=tfplan "$@"
plan=$("$terraform" show -json tfplan)
printf '%s' "${LABELS:-[]}" >"$scratch/labels.json"

# Without --fail, a query without a result would count as one without findings.
printf '%s' "$plan" | "$opa" eval --fail --format raw --ignore '*_test.rego' --data "$scratch/policy" --data "$scratch/settings" \
	--data "access.labels:$scratch/labels.json" --stdin-input data.datastack.comment.text >"$scratch/comment.md"

cp "$scratch/comment.md" comment.md
: >"$scratch/checked"
sed '/^<details>/,$d' comment.md

read -r verdict <comment.md
[ "$verdict" = '## Access check: passed' ]
