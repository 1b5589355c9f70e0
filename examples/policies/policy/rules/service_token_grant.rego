# A service token belongs to no user and does not expire, so it must have few
# permissions.
#
# Setting: permission sets that no service token may have, such as "account_admin".
package datastack.rules.service_token_grant

import data.datastack.data_sources
import data.datastack.kinds

setting := data.access.rules.service_token_grant

needs := {"datastack_dbtcloud_service_tokens"}
systems := set()
judges := set()
names := {"dbtcloud_permission_set": setting}

default valid := false

valid if kinds.texts(setting)

deny contains {
	"address": source.address,
	"subject": data_sources.name_of(token),
	"problem": sprintf(`(dbt Cloud service token) has the permission set "%s"`, [grant.permission_set]),
	"remedy": "Replace the token with one that has fewer permissions, or add it to exceptions in settings/rules.yaml.",
} if {
	some source in data_sources.whole("datastack_dbtcloud_service_tokens")
	some token in source.values.service_tokens
	some grant in token.grants
	grant.permission_set in setting
}

deny contains {
	"address": source.address,
	"subject": data_sources.name_of(token),
	"problem": "(dbt Cloud service token) has permissions that dbt Cloud does not report",
	"remedy": "Look it up in the account settings of dbt Cloud. If it has only the permissions that it needs, add it to exceptions in settings/rules.yaml.",
} if {
	some source in data_sources.whole("datastack_dbtcloud_service_tokens")
	some token in source.values.service_tokens
	not grants_known(token)
}

grants_known(token) if {
	is_array(token.grants)
	every grant in token.grants { is_string(grant.permission_set) }
}
