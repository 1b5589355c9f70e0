# dbt Cloud must have a seat for every user who is about to need one: the new users of
# this plan who are not in dbt Cloud yet, and the users with a pending invite to it.
#
# Setting: the license type of these seats, such as "developer".
package datastack.rules.seats

import data.datastack.data_sources
import data.datastack.kinds
import data.datastack.planned

setting := data.access.rules.seats

default needs := set()

systems := set()
judges := {"email"}

default valid := false

needs := {"datastack_identities", "datastack_dbtcloud_invites", "datastack_dbtcloud_licenses"} if planned.any_new

valid if kinds.text(setting)

deny contains {
	"address": address,
	"subject": users(count(waiting)),
	"problem": sprintf(`would need a "%s" seat in dbt Cloud (available: %d): %s`, [setting, available, some_of(waiting)]),
	"remedy": "Free or buy seats, or invite fewer users.",
} if {
	planned.any_new
	not unlimited
	count(waiting) > available
}

waiting contains invite.email if {
	some invite in planned.invites
	invite.new
	not invite.email in present
}

waiting contains planned.fold(invite.email) if {
	some source in data_sources.whole("datastack_dbtcloud_invites")
	some invite in source.values.invites
	invite.license_type == setting
	invite.status in {"pending", "pending_verification"}
}

present := {person.email |
	some person in data_sources.people
	person.dbtcloud.status != "inactive"
}

# A license type that dbt Cloud does not report has no seats. If modules read two
# accounts, the one with fewer seats counts, because users could join either.
default available := 0

available := min(limits) if count(limits) > 0

limits := [spare(seats) | some seats in reported; not free(seats)]

free(seats) if seats.limited == false

spare(seats) := seats.available if is_number(seats.available)

else := 0

unlimited if {
	count(reported) > 0
	count(limits) == 0
}

default address := "configuration"

address := concat(", ", sources) if {
	sources := [source.address | some source in data_sources.whole("datastack_dbtcloud_licenses")]
	count(sources) > 0
}

reported := [source.values.licenses[setting] | some source in data_sources.whole("datastack_dbtcloud_licenses")]

users(1) := "1 user"

users(number) := sprintf("%d users", [number]) if number != 1

some_of(emails) := concat(", ", sort(emails)) if count(emails) <= 5

some_of(emails) := sprintf("%s and %d more", [concat(", ", array.slice(sort(emails), 0, 5)), count(emails) - 5]) if count(emails) > 5
