# Who has left dbt Cloud has left the company or the team, and keeps nothing in
# Fivetran, nor gets anything there.
#
# Setting: true.
package datastack.rules.leavers

import data.datastack.facts
import data.datastack.planned

judges := {"email"}

needs := {"datastack_identities"}

systems := {"dbtcloud", "fivetran"}

valid if data.access.rules.leavers == true

deny contains {
	"address": source.address,
	"subject": person.email,
	"problem": "is not active in dbt Cloud and still in Fivetran",
	"remedy": "Take their block out of the configuration, or delete them in Fivetran if Terraform does not manage them.",
} if {
	some source in facts.whole("datastack_identities")
	some person in source.values.people
	left(person)
	is_object(person.fivetran)
	not suspended(person)
	not person.email in planned.leaving
}

deny contains {
	"address": invite.address,
	"subject": invite.email,
	"problem": "is not active in dbt Cloud and to be invited to Fivetran",
	"remedy": "Take the invite out, or make the person active in dbt Cloud first.",
} if {
	some invite in planned.invites
	invite.new
	invite.email in leavers
}

leavers := {person.email | some person in facts.people; left(person)}

# What is not told counts as left.
left(person) if {
	is_object(person.dbtcloud)
	not stays(person)
}

stays(person) if person.dbtcloud.status in {"active", "invited"}

suspended(person) if person.fivetran.status == "inactive"
