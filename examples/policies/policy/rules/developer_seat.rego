# A developer license costs money and lets its user change shared projects. Users who
# only read do not need one.
#
# Setting: the dbt Cloud groups of users who only read.
package datastack.rules.developer_seat

import data.datastack.data_sources
import data.datastack.kinds

setting := data.access.rules.developer_seat

needs := {"datastack_identities"}
systems := {"dbtcloud"}
judges := set()
names := {"dbtcloud_group": setting}

default valid := false

valid if kinds.texts(setting)

deny contains {
	"address": source.address,
	"subject": person.email,
	"problem": sprintf(`has a developer license in dbt Cloud but is in the group "%s"`, [group]),
	"remedy": "Assign a read-only license, or remove the user from the group.",
} if {
	some source in data_sources.whole("datastack_identities")
	some person in source.values.people
	person.dbtcloud.license_type == "developer"
	person.dbtcloud.status != "inactive"
	some group in person.dbtcloud.groups
	group in setting
}
