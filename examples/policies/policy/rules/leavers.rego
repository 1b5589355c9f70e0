# A user who is not active in dbt Cloud has left the company or the team, and must not
# keep or get access to Fivetran.
#
# Setting: true.
package datastack.rules.leavers

import data.datastack.data_sources
import data.datastack.planned

needs := {"datastack_identities"}
systems := {"dbtcloud", "fivetran"}
judges := {"email"}

default valid := false

valid if data.access.rules.leavers == true

deny contains {
	"address": leaver.address,
	"subject": leaver.person.email,
	"problem": "is not active in dbt Cloud but is still in Fivetran",
	"remedy": "Remove the block of this user from the configuration. If Terraform does not manage the user, delete the user in Fivetran.",
} if {
	some leaver in leavers
	is_object(leaver.person.fivetran)
	not suspended(leaver.person)
	not leaver.person.email in planned.leaving
}

deny contains {
	"address": invite.address,
	"subject": invite.email,
	"problem": "is not active in dbt Cloud but would be invited to Fivetran",
	"remedy": "Remove the invite, or activate the user in dbt Cloud first.",
} if {
	some invite in planned.invites
	invite.new
	invite.email in emails_of_leavers
}

# A user with an unknown status counts as a leaver.
leavers := [{"address": source.address, "person": person} |
	some source in data_sources.whole("datastack_identities")
	some person in source.values.people
	is_object(person.dbtcloud)
	not stays(person)
]

emails_of_leavers := {leaver.person.email | some leaver in leavers}

stays(person) if person.dbtcloud.status in {"active", "invited"}

suspended(person) if person.fivetran.status == "inactive"
