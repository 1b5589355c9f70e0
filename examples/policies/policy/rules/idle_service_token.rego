# An unused service token is a risk without a benefit.
#
# Setting: the number of days after which a token counts as unused.
package datastack.rules.idle_service_token

import data.datastack.data_sources
import data.datastack.kinds

setting := data.access.rules.idle_service_token

needs := {"datastack_dbtcloud_service_tokens"}
systems := set()
judges := set()

default valid := false

valid if kinds.days(setting)

deny contains {
	"address": source.address,
	"subject": data_sources.name_of(token),
	"problem": sprintf("(dbt Cloud service token) has not been used for more than %d days", [setting]),
	"remedy": "Delete the token, or add it to exceptions in settings/rules.yaml.",
} if {
	some source in data_sources.whole("datastack_dbtcloud_service_tokens")
	some token in source.values.service_tokens
	not data_sources.younger(last_use(token), setting)
}

# For a token that was never used, the days count from its creation.
last_use(token) := token.last_used if is_string(token.last_used)

last_use(token) := object.get(token, "created_at", null) if not is_string(object.get(token, "last_used", null))
