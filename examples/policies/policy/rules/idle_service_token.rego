# A service token that nothing uses is missed by nobody but a thief.
#
# Setting: days.
package datastack.rules.idle_service_token

import data.datastack.facts
import data.datastack.kinds

needs := {"datastack_dbtcloud_service_tokens"}

setting := data.access.rules.idle_service_token

valid if kinds.days(setting)

deny contains {
	"address": source.address,
	"subject": token.name,
	"problem": sprintf("is a service token of dbt Cloud that has not been used for more than %d days", [setting]),
	"remedy": "Delete the token, or make it an exception.",
} if {
	some source in facts.whole("datastack_dbtcloud_service_tokens")
	some token in source.values.service_tokens
	not facts.younger(last_use(token), setting)
}

# One that was never used counts from when it was made.
last_use(token) := token.last_used if is_string(token.last_used)

last_use(token) := object.get(token, "created_at", null) if not is_string(object.get(token, "last_used", null))
