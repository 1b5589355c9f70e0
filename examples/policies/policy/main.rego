# Package main is what conftest and opa ask. A finding in deny stops the change,
# one in warn does not.
#
# Each rule is a package of its own in rules/, and is on where data.access.rules
# has a line for it; see settings/rules.yaml. The packages in basis/ are always on:
# they see to it that the rules can judge at all.
package main

import data.datastack.planned

deny contains finding if {
	some finding in findings
	not only_warns(finding)
}

deny contains said(name, found) if {
	some name
	some found in data.datastack.basis[name].deny
}

warn contains finding if {
	some finding in findings
	only_warns(finding)
}

warn contains said(name, found) if {
	some name
	some found in data.datastack.basis[name].warn
}

findings contains said(rule, found) if {
	some rule
	data.access.rules[rule]
	some found in data.datastack.rules[rule].deny
	not excepted(rule, found)
}

# Functions, as the arguments of "not" are worked out before it: settings that
# are not there would let everything pass.
only_warns(finding) if finding.rule in data.access.warnings

excepted(rule, found) if {
	some subject in data.access.exceptions[rule]
	planned.fold(subject) == planned.fold(found.subject)
}

# Four strings make a finding: the resource or data source it was found at, who
# or what it is about, what is wrong, and what to do.
said(rule, found) := object.union(found, {
	"rule": rule,
	"msg": sprintf("%s: %s %s. %s [%s]", [found.address, found.subject, found.problem, found.remedy, rule]),
})
