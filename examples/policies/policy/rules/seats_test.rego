package datastack.rules.seats_test

import data.datastack.plans_test as plans

access := {"rules": {"seats": "developer"}}

# Ada is in dbt Cloud, Alan has left it, and Bea's invite is pending.
people := plans.people([
	{"email": "ada@northwind.example", "dbtcloud": {"status": "active"}},
	{"email": "alan@northwind.example", "dbtcloud": {"status": "inactive"}},
	{"email": "bea@northwind.example", "dbtcloud": {"status": "invited"}},
])

invites := plans.read("datastack_dbtcloud_invites", {"statuses": null, "invites": [
	{"email": "Bea@northwind.example", "license_type": "developer", "status": "pending"},
	{"email": "cy@northwind.example", "license_type": "read_only", "status": "pending"},
	{"email": "dee@northwind.example", "license_type": "developer", "status": "expired"},
]})

licences(seats) := plans.read("datastack_dbtcloud_licenses", {"licenses": {"developer": seats}})

new(names) := [plans.invite({"email": sprintf("%s@northwind.example", [name]), "role": null}) | some name in names]

# Alan and Eve need a seat, and so does Bea; Flo was invited before.
plan(seats) := plans.plan(
	array.concat(new(["ada", "alan", "bea", "eve"]), [plans.role_changed("flo@northwind.example", null, "Account Reviewer")]),
	[people, invites, licences(seats)],
)

test_enough_seats_pass if plans.denied(access, plan({"limited": true, "available": 3})) == set()

test_too_few_do_not if plans.denied(access, plan({"limited": true, "available": 2})) == {"seats: 3 people"}

test_no_limit_passes if plans.denied(access, plan({"limited": false, "available": 0})) == set()

test_what_is_not_told_does_not if {
	every untold in [{"limited": null, "available": null}, {}, null] { plans.denied(access, plan(untold)) == {"seats: 3 people"} }
	plans.denied({"rules": {"seats": "platinum"}}, plan({"limited": true, "available": 9})) == {"seats: 2 people"}
}

both(seats) := plans.denied(access, plans.plan(
	new(["eve"]),
	[people, invites, licences({"limited": true, "available": 9}), object.union(licences(seats), {"address": "module.b.data.datastack_dbtcloud_licenses.all"})],
))

test_of_two_accounts_the_one_with_fewer_seats_counts if {
	both({"limited": true, "available": 1}) == {"seats: 2 people"}
	both({"limited": true, "available": 2}) == set()
	both({"limited": false, "available": 0}) == set()
}

test_without_invites_nothing_is_needed if plans.denied(access, plans.plan([], [])) == set()

test_without_invites_seats_may_lack if {
	plans.denied(access, plans.plan([], [people, invites, licences({"limited": true, "available": 0})])) == set()
}

test_five_people_are_named if {
	some finding in data.main.deny with data.access as access
		with input as plans.plan(new(["g", "f", "e", "d", "c", "b", "a"]), [people, invites, licences({"limited": true, "available": 0})])
	contains(finding.msg, "0 are available (a@northwind.example, b@northwind.example, bea@northwind.example, c@northwind.example, d@northwind.example and 3 more)")
}

test_facts_are_needed_for_invites if {
	plans.denied(access, plans.plan([plans.invite({"email": "eve@northwind.example", "role": null})], [])) == {
		"facts: the rule seats",
		"seats: 1 people",
	}
}
