# People are invited only as far as there are seats for them in dbt Cloud: those
# of this plan who are not there yet, and those whose invite is pending.
#
# Setting: the licence type that they are to get, such as "developer".
package datastack.rules.seats

import data.datastack.facts
import data.datastack.kinds
import data.datastack.planned

judges := {"email"}

needs := {"datastack_identities", "datastack_dbtcloud_invites", "datastack_dbtcloud_licenses"} if planned.somebody_new

setting := data.access.rules.seats

valid if kinds.text(setting)

deny contains {
	"address": address,
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

# Of a type that is not told there is none. Of two accounts the one with fewer
# seats counts, as nothing tells which of them people are to join.
default available := 0

available := min(limits) if count(limits) > 0

limits := [spare(seats) | some seats in told; not free(seats)]

free(seats) if seats.limited == false

spare(seats) := seats.available if is_number(seats.available)

else := 0

unlimited if {
	count(told) > 0
	count(limits) == 0
}

default address := "configuration"

address := concat(", ", sources) if {
	sources := [source.address | some source in facts.whole("datastack_dbtcloud_licenses")]
	count(sources) > 0
}

told := [source.values.licenses[setting] | some source in facts.whole("datastack_dbtcloud_licenses")]

some_of(people) := concat(", ", array.slice(sort(people), 0, 5)) if count(people) <= 5

some_of(people) := sprintf("%s and %d more", [concat(", ", array.slice(sort(people), 0, 5)), count(people) - 5]) if count(people) > 5
