# A misspelled name of a group, role or permission set would make a rule find nothing.
# Each rule lists the names in its setting in names, by kind; see policy/names.rego.
package datastack.basis.names

import data.datastack.data_sources
import data.datastack.names
import data.main

deny contains {
	"address": sprintf("data.access.rules.%s", [rule]),
	"subject": sprintf(`"%s"`, [name]),
	"problem": sprintf("is not the name of a %s", [kind.noun]),
	"remedy": concat("", [names.did_you_mean(name, known), remedy(rule, kind.source)]),
} if {
	some rule
	data.access.rules[rule]
	some kind_name, configured in data.datastack.rules[rule].names
	kind := names.kinds[kind_name]
	some name in configured
	not names.exists(kind_name, name)
	known := names.known(kind_name)
	count(known) > 0
	not main.excepted(rule, name)
}

# Without the list of all names, a group that is empty looks like one that does not exist.
remedy(rule, source) := sprintf("Correct the name, or remove it from the rule. If it exists but this plan does not show it, add it to exceptions of %s.", [rule]) if {
	count(data_sources.whole(source)) > 0
} else := sprintf(`Correct the name, or remove it from the rule. If it exists, add data "%s" "all" {} to the configuration.`, [source])
