# People are invited only as far as there are seats for them in dbt Cloud: those
# of this plan who are not there yet, and those whose invite is pending.
#
# Setting: the licence type that they are to get, such as "developer".
package datastack.rules.seats

import data.datastack.facts
import data.datastack.planned

judges := {"email"}

needs := {"datastack_identities", "datastack_dbtcloud_invites", "datastack_dbtcloud_licenses"} if planned.somebody_new

setting := data.access.rules.seats

valid if is_string(setting)

deny contains {
	"address": concat(", ", [source.address | some source in facts.whole("datastack_dbtcloud_licenses")]),
	"subject": sprintf("%d people", [count(waiting)]),
	"problem": sprintf("need a seat of the type %s, and %d are available (%s)", [setting, available, some_of(waiting)]),
	"remedy": "Free seats or buy some, or invite fewer people.",
} if {
	planned.somebody_new
	not unlimited
	count(waiting) > available
}

waiting contains invite.email if {
	some invite in planned.invites
	invite.new
	not invite.email in present
}

waiting contains planned.fold(invite.email) if {
	some source in facts.whole("datastack_dbtcloud_invites")
	some invite in source.values.invites
	invite.license_type == setting
	invite.status in {"pending", "pending_verification"}
}

present := {person.email |
	some person in facts.people
	person.dbtcloud.status != "inactive"
}

# Of a type that is not told there is none.
available := sum([seats.available | some seats in told; is_number(seats.available)])

unlimited if {
	some seats in told
	seats.limited == false
}

told := [source.values.licenses[setting] | some source in facts.whole("datastack_dbtcloud_licenses")]

some_of(people) := concat(", ", array.slice(sort(people), 0, 5)) if count(people) <= 5

some_of(people) := sprintf("%s and %d more", [concat(", ", array.slice(sort(people), 0, 5)), count(people) - 5]) if count(people) > 5
