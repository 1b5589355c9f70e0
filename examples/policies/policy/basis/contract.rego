# A rule that defines less than the other packages ask for would find nothing, or its
# findings would not be shown.
package datastack.basis.contract

import data.datastack.kinds

deny contains {
	"address": sprintf("policy/rules/%s.rego", [rule]),
	"subject": sprintf(`the rule "%s"`, [rule]),
	"problem": sprintf(`does not define "%s", or as something else than %s`, [part, part_is.noun]),
	"remedy": sprintf("Define it, for example: %s", [part_is.example]),
} if {
	some rule in enabled
	some part, part_is in parts
	not defined(rule, part)
}

parts := {
	"deny": {"noun": "a set", "example": "deny contains {...} if {...}"},
	"valid": {"noun": "true or false", "example": "default valid := false, then valid if {...}"},
	"needs": {"noun": "a set of data sources", "example": `needs := {"datastack_identities"}, or needs := set()`},
	"systems": {"noun": "a set of services", "example": `systems := {"dbtcloud"}, or systems := set()`},
	"judges": {"noun": "a set of arguments of an invite", "example": `judges := {"email", "role"}, or judges := set()`},
}

enabled contains rule if {
	some rule
	data.access.rules[rule]
	data.datastack.rules[rule].deny
}

defined(rule, "deny") if is_set(data.datastack.rules[rule].deny)

defined(rule, "valid") if is_boolean(data.datastack.rules[rule].valid)

defined(rule, "needs") if {
	is_set(data.datastack.rules[rule].needs)
	every type in data.datastack.rules[rule].needs { startswith(type, "datastack_") }
}

defined(rule, "systems") if subset(data.datastack.rules[rule].systems, {"dbtcloud", "fivetran", "rudderstack"})

defined(rule, "judges") if subset(data.datastack.rules[rule].judges, {"email", "role"})

subset(words, all) if {
	is_set(words)
	words - all == set()
}

deny contains {
	"address": sprintf("policy/rules/%s.rego", [rule]),
	"subject": sprintf(`the rule "%s"`, [rule]),
	"problem": sprintf("makes a finding that is not complete: %s", [json.marshal(found)]),
	"remedy": `Give it "address", "subject", "problem" and "remedy", each a string.`,
} if {
	some rule in enabled
	some found in incomplete
	found in data.datastack.rules[rule].deny
}

# The findings that cannot be shown as others are.
incomplete contains found if {
	some rule in enabled
	some found in data.datastack.rules[rule].deny
	not kinds.finding(found)
}
