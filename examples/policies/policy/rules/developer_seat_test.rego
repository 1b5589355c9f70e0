package datastack.rules.developer_seat_test

import data.datastack.plans_test as plans

access := {"rules": {"developer_seat": ["Readers"]}}

person(name, license, status, groups) := {
	"email": sprintf("%s@northwind.example", [name]),
	"dbtcloud": {"license_type": license, "status": status, "groups": groups},
}

test_developer_licenses_of_readers_are_found if {
	plans.denied(access, plans.plan([], [plans.people([
		person("dev", "developer", "active", ["Everyone", "Readers"]),
		person("invited", "developer", "invited", ["Readers"]),
		person("unknown", "developer", null, ["Readers"]),
		person("reader", "read_only", "active", ["Readers"]),
		person("left", "developer", "inactive", ["Readers"]),
		person("other", "developer", "active", ["Everyone"]),
		person("nowhere", "developer", "active", null),
		{"email": "elsewhere@northwind.example", "dbtcloud": null},
	])])) == {
		"developer_seat: dev@northwind.example",
		"developer_seat: invited@northwind.example",
		"developer_seat: unknown@northwind.example",
	}
}

test_dbt_cloud_users_are_required if {
	elsewhere := plans.people([{"email": "ada@northwind.example", "dbtcloud": null, "fivetran": {"status": "active"}}])
	plans.denied(access, plans.plan([], [elsewhere])) == {`data_sources: the rule "developer_seat"`}
}

test_the_data_source_is_required if plans.denied(access, plans.plan([], [])) == {`data_sources: the rule "developer_seat"`}
