package datastack.rules.seats_test

import data.datastack.plans_test as plans

access := {"rules": {"seats": "developer"}}

# Ada is active in dbt Cloud, Alan is inactive, and Bea has a pending invite.
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

licenses(seats) := plans.read("datastack_dbtcloud_licenses", {"licenses": {"developer": seats}})

new(names) := [plans.invite({"email": sprintf("%s@northwind.example", [name]), "role": null}) | some name in names]

# Alan, Bea and Eve need a seat. Flo is not new.
plan(seats) := plans.plan(
	array.concat(new(["ada", "alan", "bea", "eve"]), [plans.role_changed("flo@northwind.example", null, "Account Reviewer")]),
	[people, invites, licenses(seats)],
)

test_enough_seats_pass if plans.denied(access, plan({"limited": true, "available": 3})) == set()

test_too_few_seats_do_not_pass if plans.denied(access, plan({"limited": true, "available": 2})) == {"seats: 3 users"}

test_unlimited_seats_pass if plans.denied(access, plan({"limited": false, "available": 0})) == set()

test_unknown_seats_do_not_pass if {
	every unknown in [{"limited": null, "available": null}, {}, null] { plans.denied(access, plan(unknown)) == {"seats: 3 users"} }
	plans.denied({"rules": {"seats": "platinum"}}, plan({"limited": true, "available": 9})) == {"seats: 2 users"}
}

both(seats) := plans.denied(access, plans.plan(
	new(["eve"]),
	[people, invites, licenses({"limited": true, "available": 9}), object.union(licenses(seats), {"address": "module.b.data.datastack_dbtcloud_licenses.all"})],
))

test_the_account_with_fewer_seats_counts if {
	both({"limited": true, "available": 1}) == {"seats: 2 users"}
	both({"limited": true, "available": 2}) == set()
	both({"limited": false, "available": 0}) == set()
}

test_without_invites_no_data_source_is_required if plans.denied(access, plans.plan([], [])) == set()

test_without_invites_no_seat_is_needed if {
	plans.denied(access, plans.plan([], [people, invites, licenses({"limited": true, "available": 0})])) == set()
}

test_the_message_lists_five_users if {
	some finding in data.main.deny with data.access as access
		with input as plans.plan(new(["g", "f", "e", "d", "c", "b", "a"]), [people, invites, licenses({"limited": true, "available": 0})])
	contains(finding.msg, "(available: 0): a@northwind.example, b@northwind.example, bea@northwind.example, c@northwind.example, d@northwind.example and 3 more.")
}

test_data_sources_are_required_for_invites if {
	plans.denied(access, plans.plan([plans.invite({"email": "eve@northwind.example", "role": null})], [])) == {
		`data_sources: the rule "seats"`,
		"seats: 1 user",
	}
}
