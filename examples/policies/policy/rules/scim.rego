# The identity provider decides who is in dbt Cloud, and nobody edits past it.
#
# Setting: true.
package datastack.rules.scim

import data.datastack.facts

needs := {"datastack_dbtcloud_scim_config"}

valid if data.access.rules.scim == true

deny contains {
	"address": source.address,
	"subject": "dbt Cloud",
	"problem": "is not provisioned by SCIM",
	"remedy": "Switch SCIM on in its account settings.",
} if {
	some source in facts.whole("datastack_dbtcloud_scim_config")
	not is_set(source.values, "enabled", true)
}

deny contains {
	"address": source.address,
	"subject": "dbt Cloud",
	"problem": "allows manual updates of what SCIM manages",
	"remedy": "Switch manual updates off in its account settings.",
} if {
	some source in facts.whole("datastack_dbtcloud_scim_config")
	not is_set(source.values, "manual_updates_allowed", false)
}

is_set(values, name, wanted) if values[name] == wanted
