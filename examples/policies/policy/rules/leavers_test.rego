package datastack.rules.leavers_test

import data.datastack.plans_test as plans

access := {"rules": {"leavers": true}}

person(name, dbtcloud, fivetran) := {
	"email": sprintf("%s@northwind.example", [name]),
	"dbtcloud": {"status": dbtcloud},
	"fivetran": {"status": fivetran},
}

all := plans.people([
	person("left", "inactive", "active"),
	person("invited", "inactive", "invited"),
	person("unknown", "inactive", null),
	person("gone", "inactive", "inactive"),
	person("here", "active", "active"),
	{"email": "reader@northwind.example", "dbtcloud": {"status": "inactive"}, "fivetran": null},
])

test_leavers_are_found if {
	plans.denied(access, plans.plan([], [all])) == {
		"leavers: left@northwind.example",
		"leavers: invited@northwind.example",
		"leavers: unknown@northwind.example",
	}
}

test_a_leaver_that_the_plan_deletes_passes if {
	plans.denied(access, plans.plan([plans.deleted("Left@northwind.example")], [all])) == {
		"leavers: invited@northwind.example",
		"leavers: unknown@northwind.example",
	}
}

test_a_leaver_is_not_invited if {
	new := plans.invite({"email": "Reader@northwind.example", "role": null})
	"leavers: reader@northwind.example" in plans.denied(access, plans.plan([new], [all]))
}

test_no_spelling_hides_a_leaver if {
	found_as("READER@northwind.example\u00a0", "reader@northwind.example")
	found_as("ZO\u00cb@northwind.example", "zo\u00eb@northwind.example")
}

found_as(given, email) if {
	gone := {"email": email, "dbtcloud": {"status": "inactive"}, "fivetran": null}
	plan := plans.plan([plans.invite({"email": given, "role": null})], [plans.people([gone, person("here", "active", "active")])])
	plans.denied(access, plan) == {sprintf("leavers: %s", [email])}
}

test_a_leaver_that_is_deleted_and_invited_again_is_found if {
	again := plans.invite({"email": "left@northwind.example", "role": null})
	"leavers: left@northwind.example" in plans.denied(access, plans.plan([plans.deleted("left@northwind.example"), again], [all]))
}

test_an_unknown_status_counts_as_left if {
	every dbtcloud, fivetran in {{"status": null}: {"status": "active"}, {}: {}} {
		unknown := {"email": "unknown@northwind.example", "dbtcloud": dbtcloud, "fivetran": fivetran}
		plans.denied(access, plans.plan([], [plans.people([unknown])])) == {"leavers: unknown@northwind.example"}
	}
}

test_users_of_each_service_are_required if {
	people := plans.people([{"email": "ada@northwind.example", "dbtcloud": {"status": "active"}, "fivetran": null}])
	plans.denied(access, plans.plan([], [people])) == {`data_sources: the rule "leavers"`}
}

test_the_data_source_is_required if plans.denied(access, plans.plan([], [])) == {`data_sources: the rule "leavers"`}
