# Only users who work with data are invited to Fivetran. To qualify, a user must be in
# one of these groups in RudderStack or dbt Cloud, and not inactive there.
#
# Setting: names of groups by system, such as
# {"rudderstack": ["Analysts"], "dbtcloud": ["Analysts"]}. One group is enough.
package datastack.rules.invite_in_group

import data.datastack.data_sources
import data.datastack.kinds
import data.datastack.planned

setting := data.access.rules.invite_in_group

default needs := set()

systems := set()
judges := {"email"}
names := {sprintf("%s_group", [system]): list | some system, list in setting}

default valid := false

needs := {"datastack_identities"} if planned.any_new

valid if {
	kinds.by_system(setting, {"dbtcloud", "rudderstack"})
	every list in setting { kinds.texts(list) }
}

deny contains {
	"address": invite.address,
	"subject": invite.email,
	"problem": sprintf("is not in any of these groups: %s", [concat(", ", groups)]),
	"remedy": "Add the user to one of them first.",
} if {
	some invite in planned.invites
	invite.new
	not invite.email in members
}

groups contains sprintf(`"%s" (%s)`, [group, system]) if {
	some system, names in setting
	some group in names
}

members := {person.email |
	some person in data_sources.people
	some system, names in setting
	person[system].status != "inactive"
	some group in person[system].groups
	group in names
}
