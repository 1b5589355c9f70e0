# A user who is not active in dbt Cloud has left the company or the team, and must not
# keep or get access to Fivetran.
#
# Setting: true.
package datastack.rules.leavers

import data.datastack.data_sources
import data.datastack.planned

judges := {"email"}

needs := {"datastack_identities"}

systems := {"dbtcloud", "fivetran"}

valid if data.access.rules.leavers == true

deny contains {
	"address": source.address,
	"subject": person.email,
	"problem": "is not active in dbt Cloud but is still in Fivetran",
	"remedy": "Remove the block of this user from the configuration. If Terraform does not manage the user, delete the user in Fivetran.",
} if {
	some source in data_sources.whole("datastack_identities")
	some person in source.values.people
	left(person)
	is_object(person.fivetran)
	not suspended(person)
	not person.email in planned.leaving
}

deny contains {
	"address": invite.address,
	"subject": invite.email,
	"problem": "is not active in dbt Cloud but would be invited to Fivetran",
	"remedy": "Remove the invite, or activate the user in dbt Cloud first.",
} if {
	some invite in planned.invites
	invite.new
	invite.email in leavers
}

leavers := {person.email | some person in data_sources.people; left(person)}

# A user with an unknown status counts as a leaver.
left(person) if {
	is_object(person.dbtcloud)
	not stays(person)
}

stays(person) if person.dbtcloud.status in {"active", "invited"}

suspended(person) if person.fivetran.status == "inactive"
