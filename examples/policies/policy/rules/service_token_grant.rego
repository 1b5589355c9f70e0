# Service tokens belong to no person and do not expire; what they may do is kept
# small.
#
# Setting: permission sets that none may have, such as "account_admin".
package datastack.rules.service_token_grant

import data.datastack.facts
import data.datastack.kinds

needs := {"datastack_dbtcloud_service_tokens"}

setting := data.access.rules.service_token_grant

valid if kinds.texts(setting)

deny contains {
	"address": source.address,
	"subject": token.name,
	"problem": sprintf("is a service token of dbt Cloud with the permission set %s", [grant.permission_set]),
	"remedy": "Replace it by one that may do less, or make it an exception.",
} if {
	some source in facts.whole("datastack_dbtcloud_service_tokens")
	some token in source.values.service_tokens
	some grant in token.grants
	grant.permission_set in setting
}

deny contains {
	"address": source.address,
	"subject": token.name,
	"problem": "is a service token of dbt Cloud of which nobody tells what it may do",
	"remedy": "Look the token up in its account settings, and make it an exception if it may do no more than it needs.",
} if {
	some source in facts.whole("datastack_dbtcloud_service_tokens")
	some token in source.values.service_tokens
	not told(token)
}

told(token) if {
	is_array(token.grants)
	every grant in token.grants { is_string(grant.permission_set) }
}
