# Without this check, a misspelled name in the settings would disable a rule silently.
package datastack.basis.settings

import data.datastack.kinds

deny contains {
	"address": "data.access.rules",
	"subject": "the settings",
	"problem": "enable no rule",
	"remedy": "Pass the directory with your settings to opa or conftest with --data.",
} if {
	not any_enabled
}

any_enabled if {
	some rule
	data.access.rules[rule]
}

deny contains {
	"address": "data.access.rules",
	"subject": rule,
	"problem": "has a setting that is not valid",
	"remedy": sprintf("Use a setting that the comment at the top of policy/rules/%s.rego describes.", [rule]),
} if {
	some rule in rules
	data.access.rules[rule]
	data.datastack.rules[rule].valid == false
}

deny contains {
	"address": "data.access.exceptions",
	"subject": name,
	"problem": "has exceptions that are not a list of strings",
	"remedy": "List email addresses or names of service tokens, and remove empty entries.",
} if {
	some name, list in data.access.exceptions
	not kinds.texts(list)
}

deny contains {
	"address": sprintf("data.access.%s", [part]),
	"subject": name,
	"problem": "is not the name of a rule",
	"remedy": sprintf(`Use one of these names: %s. A rule is a package "datastack.rules.<name>" that defines "deny".`, [concat(", ", rules)]),
} if {
	some [part, name] in named
	not name in rules
}

named contains ["rules", name] if some name, _ in data.access.rules

named contains ["exceptions", name] if some name, _ in data.access.exceptions

named contains ["warnings", name] if some name in data.access.warnings

rules contains name if data.datastack.rules[name].deny
