# Developer seats cost money and can change what others rely on; people in the
# groups of readers do not need one.
#
# Setting: names of groups in dbt Cloud.
package datastack.rules.developer_seat

import data.datastack.facts
import data.datastack.kinds

needs := {"datastack_identities"}

systems := {"dbtcloud"}

valid if kinds.texts(data.access.rules.developer_seat)

deny contains {
	"address": source.address,
	"subject": person.email,
	"problem": sprintf("has a developer seat in dbt Cloud and is in its group %s", [group]),
	"remedy": "Give the person a read-only licence, or take them out of the group.",
} if {
	some source in facts.whole("datastack_identities")
	some person in source.values.people
	person.dbtcloud.license_type == "developer"
	person.dbtcloud.status != "inactive"
	some group in person.dbtcloud.groups
	group in data.access.rules.developer_seat
}
