# Whoever is invited to Fivetran works with data: they are in a group that says
# so, in RudderStack or dbt Cloud, and active there.
#
# Setting: names of groups by system, of which any one will do, such as
# {"rudderstack": ["Analysts"], "dbtcloud": ["Analysts"]}.
package datastack.rules.invite_in_group

import data.datastack.facts
import data.datastack.kinds
import data.datastack.planned

judges := {"email"}

needs := {"datastack_identities"} if planned.somebody_new

setting := data.access.rules.invite_in_group

valid if {
	kinds.by_system(setting, {"dbtcloud", "rudderstack"})
	every list in setting { kinds.texts(list) }
}

deny contains {
	"address": invite.address,
	"subject": invite.email,
	"problem": sprintf("is in none of the groups %s", [concat(", ", groups)]),
	"remedy": "Put the person into one of them first.",
} if {
	some invite in planned.invites
	invite.new
	not invite.email in members
}

groups contains sprintf("%s (%s)", [group, system]) if {
	some system, names in setting
	some group in names
}

members := {person.email |
	some person in facts.people
	some system, names in setting
	person[system].status != "inactive"
	some group in person[system].groups
	group in names
}
