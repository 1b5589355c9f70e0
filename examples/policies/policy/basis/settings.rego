# A rule that is misspelt in the settings would be off without a word.
package datastack.basis.settings

import data.datastack.kinds

deny contains {
	"address": "data.access.rules",
	"subject": "the settings",
	"problem": "switch no rule on",
	"remedy": "Give opa or conftest the directory with your settings by --data.",
} if {
	not some_rule_is_on
}

some_rule_is_on if {
	some rule
	data.access.rules[rule]
}

deny contains {
	"address": "data.access.rules",
	"subject": rule,
	"problem": "has a setting that the rule does not know",
	"remedy": sprintf("What it takes stands at the top of rules/%s.rego.", [rule]),
} if {
	some rule in rules
	data.access.rules[rule]
	not data.datastack.rules[rule].valid
}

deny contains {
	"address": "data.access.exceptions",
	"subject": name,
	"problem": "has exceptions that are no list of texts",
	"remedy": "Give a list of addresses or of names, and leave no entry empty.",
} if {
	some name, list in data.access.exceptions
	not kinds.texts(list)
}

deny contains {
	"address": sprintf("data.access.%s", [part]),
	"subject": name,
	"problem": "is not the name of a rule",
	"remedy": sprintf("The rules are %s.", [concat(", ", rules)]),
} if {
	some [part, name] in named
	not name in rules
}

named contains ["rules", name] if some name, _ in data.access.rules

named contains ["exceptions", name] if some name, _ in data.access.exceptions

named contains ["warnings", name] if some name in data.access.warnings

rules contains name if data.datastack.rules[name].deny
