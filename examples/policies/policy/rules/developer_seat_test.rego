package datastack.rules.developer_seat_test

import data.datastack.plans_test as plans

access := {"rules": {"developer_seat": ["Readers"]}}

person(name, licence, status, groups) := {
	"email": sprintf("%s@northwind.example", [name]),
	"dbtcloud": {"license_type": licence, "status": status, "groups": groups},
}

test_developers_among_readers_are_found if {
	plans.denied(access, plans.plan([], [plans.people([
		person("dev", "developer", "active", ["Everyone", "Readers"]),
		person("invited", "developer", "invited", ["Readers"]),
		person("untold", "developer", null, ["Readers"]),
		person("reader", "read_only", "active", ["Readers"]),
		person("left", "developer", "inactive", ["Readers"]),
		person("other", "developer", "active", ["Everyone"]),
		person("nowhere", "developer", "active", null),
		{"email": "elsewhere@northwind.example", "dbtcloud": null},
	])])) == {
		"developer_seat: dev@northwind.example",
		"developer_seat: invited@northwind.example",
		"developer_seat: untold@northwind.example",
	}
}

test_dbt_cloud_has_to_be_read if {
	elsewhere := plans.people([{"email": "ada@northwind.example", "dbtcloud": null, "fivetran": {"status": "active"}}])
	plans.denied(access, plans.plan([], [elsewhere])) == {"facts: the rule developer_seat"}
}

test_facts_are_needed if plans.denied(access, plans.plan([], [])) == {"facts: the rule developer_seat"}
