# Package main is what conftest and opa query. A finding in deny fails the check, one
# in warn does not.
#
# Each rule is a package in rules/. To enable it, add it to data.access.rules; see
# settings/rules.yaml. The packages in basis/ are always enabled: they fail the check
# if the rules are missing data.
package main

import data.datastack.basis.contract
import data.datastack.planned

deny contains finding if {
	some finding in findings
	not only_warns(finding)
}

deny contains with_message(name, found) if {
	some name
	some found in data.datastack.basis[name].deny
}

warn contains finding if {
	some finding in findings
	only_warns(finding)
}

warn contains with_message(name, found) if {
	some name
	some found in data.datastack.basis[name].warn
}

findings contains with_message(rule, found) if {
	some rule
	data.access.rules[rule]
	some found in data.datastack.rules[rule].deny
	not found in contract.incomplete
	not excepted(rule, found.subject)
}

# These are functions because OPA evaluates the arguments of "not" first: without
# a function, a missing setting would let everything pass.
only_warns(finding) if finding.rule in data.access.warnings

excepted(rule, subject) if {
	some exception in data.access.exceptions[rule]
	planned.fold(exception) == planned.fold(subject)
}

with_message(rule, found) := object.union(found, {
	"rule": rule,
	"msg": sprintf("%s: %s %s. %s [%s]", [found.address, found.subject, found.problem, found.remedy, rule]),
})
