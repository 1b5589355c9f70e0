# Who has left dbt Cloud has left the company or the team, and keeps nothing in
# Fivetran.
#
# Setting: true.
package datastack.rules.leavers

import data.datastack.facts
import data.datastack.planned

needs := {"datastack_identities"}

valid if data.access.rules.leavers == true

deny contains {
	"address": source.address,
	"subject": person.email,
	"problem": "is inactive in dbt Cloud and still in Fivetran",
	"remedy": "Take the person out of the configuration, or out of Fivetran if they are not in it.",
} if {
	some source in facts.whole("datastack_identities")
	some person in source.values.people
	person.dbtcloud.status == "inactive"
	person.fivetran.status != "inactive"
	not person.email in planned.leaving
}

# datastack_identities reads the systems that are set up. One with nobody in it
# is one that was not read.
deny contains {
	"address": "configuration",
	"subject": system,
	"problem": "has nobody in it",
	"remedy": "Set the system up in the provider block.",
} if {
	count(facts.whole("datastack_identities")) > 0
	some system in {"dbtcloud", "fivetran"}
	not system in populated
}

populated := {system |
	some person in facts.people
	some system, told in person
	is_object(told)
}
