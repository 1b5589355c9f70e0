# Your identity provider manages the users of dbt Cloud, and manual changes are off.
#
# Setting: true.
package datastack.rules.scim

import data.datastack.data_sources

needs := {"datastack_dbtcloud_scim_config"}
systems := set()
judges := set()

default valid := false

valid if data.access.rules.scim == true

deny contains {
	"address": source.address,
	"subject": "dbt Cloud",
	"problem": "does not have SCIM turned on",
	"remedy": "Turn on SCIM in the account settings of dbt Cloud.",
} if {
	some source in data_sources.whole("datastack_dbtcloud_scim_config")
	not is_set(source.values, "enabled", true)
}

deny contains {
	"address": source.address,
	"subject": "dbt Cloud",
	"problem": "allows manual updates to users and groups that SCIM manages",
	"remedy": "Turn off manual updates in the account settings of dbt Cloud.",
} if {
	some source in data_sources.whole("datastack_dbtcloud_scim_config")
	not is_set(source.values, "manual_updates_allowed", false)
}

is_set(values, name, wanted) if values[name] == wanted
