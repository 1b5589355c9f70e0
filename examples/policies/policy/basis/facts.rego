# A rule that finds no facts would pass for want of them. Rules say in needs
# which data sources they judge.
package datastack.basis.facts

import data.datastack.facts

deny contains {
	"address": "configuration",
	"subject": sprintf("the rule %s", [rule]),
	"problem": sprintf("finds no %s that was read while planning, whole", [type]),
	"remedy": sprintf("Add data %q \"all\" {} without arguments, and without anything that puts the reading off.", [type]),
} if {
	facts.provider_in_use
	some rule
	data.access.rules[rule]
	some type in data.datastack.rules[rule].needs
	count(facts.whole(type)) == 0
}

# datastack_identities reads the systems that are set up. One with nobody in it is
# one that was not read. Rules say in systems which they look into.
deny contains {
	"address": "configuration",
	"subject": sprintf("the rule %s", [rule]),
	"problem": sprintf("finds nobody in %s", [system]),
	"remedy": "Set the system up in the provider block, and see to it that its token may read people.",
} if {
	some rule
	data.access.rules[rule]
	some system in data.datastack.rules[rule].systems
	count(facts.whole("datastack_identities")) > 0
	not system in populated
}

populated := {system |
	some person in facts.people
	some system, told in person
	is_object(told)
}

warn contains {
	"address": read.address,
	"subject": "what the data source tells",
	"problem": "is not known yet: it is read only on apply",
	"remedy": "Take its depends_on away, and do not configure it from a resource that the same plan changes.",
} if {
	some read in facts.deferred
}
