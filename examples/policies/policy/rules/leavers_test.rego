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
	person("untold", "inactive", null),
	person("gone", "inactive", "inactive"),
	person("here", "active", "active"),
	{"email": "reader@northwind.example", "dbtcloud": {"status": "inactive"}, "fivetran": null},
])

test_leavers_are_found if {
	plans.denied(access, plans.plan([], [all])) == {
		"leavers: left@northwind.example",
		"leavers: invited@northwind.example",
		"leavers: untold@northwind.example",
	}
}

test_who_is_being_deleted_passes if {
	plans.denied(access, plans.plan([plans.deleted("Left@northwind.example")], [all])) == {
		"leavers: invited@northwind.example",
		"leavers: untold@northwind.example",
	}
}

test_a_system_that_was_not_read_is_found if {
	plans.denied(access, plans.plan([], [plans.people([{"email": "ada@northwind.example", "dbtcloud": {"status": "active"}, "fivetran": null}])])) == {"leavers: fivetran"}
	plans.denied(access, plans.plan([], [plans.people([])])) == {"leavers: dbtcloud", "leavers: fivetran"}
}

test_facts_are_needed if plans.denied(access, plans.plan([], [])) == {"facts: the rule leavers"}
